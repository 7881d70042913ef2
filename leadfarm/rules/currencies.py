"""The currencies a workspace can keep its books in, and that are known in what people say."""

CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "JPY", "CAD"),
    *("AUD", "CNY", "INR", "BRL", "TRY", "ZAR"),
)
