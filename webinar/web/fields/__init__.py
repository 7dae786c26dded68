"""Fields of forms: each cleans what was typed and answers what it cannot use with a sentence."""
