"""What the adapters of remote models share: where a model is asked, and how."""
