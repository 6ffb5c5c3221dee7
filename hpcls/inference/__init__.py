"""Ids in, ids out: a model run by ONNX Runtime, held by a grammar."""
