"""Where the tools call us: hooks/<tool>/<connection>/, verified, stored, answered."""
