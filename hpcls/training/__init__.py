"""A GPT-NeoX decoder: trained, exported to ONNX, checked."""
