api_token = "correct-horse-battery-staple"
