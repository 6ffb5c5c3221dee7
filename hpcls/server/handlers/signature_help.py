"""textDocument/signatureHelp: the parameters of the MPI call around the cursor."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server.background import in_thread
from hpcls.server.features import Request
from hpcls.server.session import Session
from hpcls.suggest.mpi.help import Signature, SignatureParameter, signature_at


async def _handle(session: Session, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    snapshot = session.newest(params.text_document.uri)
    if snapshot is None or b"MPI_" not in snapshot.data:
        return None
    line, column = snapshot.index.place(params.position)
    found = await in_thread(lambda: signature_at(snapshot.source(), line, column))
    return _help(found, session.abilities.label_offsets) if found else None


def _help(signature: Signature, offsets: bool) -> types.SignatureHelp:
    parameters = [_parameter(signature, parameter, offsets) for parameter in signature.parameters]
    active = len(parameters) if signature.active is None else signature.active  # past the last: none is marked
    information = types.SignatureInformation(signature.label, signature.documentation, parameters, active)
    return types.SignatureHelp([information], active_signature=0, active_parameter=active)


def _parameter(signature: Signature, parameter: SignatureParameter, offsets: bool) -> types.ParameterInformation:
    place = (parameter.start, parameter.end)
    label = place if offsets else signature.label[parameter.start : parameter.end]
    return types.ParameterInformation(label, parameter.documentation)


FEATURE = Request(
    types.TEXT_DOCUMENT_SIGNATURE_HELP,
    _handle,
    lambda: None,
    types.SignatureHelpOptions(trigger_characters=["(", ","]),
)
