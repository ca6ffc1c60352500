"""Tables with their sources; read with importlib.resources."""
