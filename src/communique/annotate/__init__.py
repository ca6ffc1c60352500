"""One Report in, its Claims out. The same text and versions always give the same claims."""
