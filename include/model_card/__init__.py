"""The model card: one self-contained page of HTML that says what a registered model is worth and what it rests on."""
