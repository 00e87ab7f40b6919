"""Every word we say to a language model, with the shape of what it is to answer."""
