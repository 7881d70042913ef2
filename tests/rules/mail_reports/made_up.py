"""Reports of mail systems in the shapes of the large ones, in words of our own."""

from email import message_from_string
from email.message import Message

OURS = "0f8fad5b-d9cb-469f-a165-70867728950e@norrvik.example"
THEIRS = "vera@nordpump.example"


def report(
    status: str, diagnostic: str, *, told: str = "", action: str = "failed", to: str = THEIRS
) -> Message:
    """Return a delivery status notification (RFC 3464) about one address."""
    said = f"Diagnostic-Code: smtp; {diagnostic}\n" if diagnostic else ""
    return message_from_string(
        "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>\n"
        "To: info@norrvik.example\nSubject: Undelivered Mail Returned to Sender\n"
        "Message-ID: <report@mx.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\nWe are sorry.\n\n<{to}>: {told}\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n{said}\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{OURS}>\n\n--b--\n"
    )


def in_words(text: str, *, sender: str = "MAILER-DAEMON@mx.example", **headers: str) -> Message:
    """Return a report that only people can read, as qmail, Exim, Exchange and Lotus send it."""
    given = {
        "From": sender,
        "To": "info@norrvik.example",
        "Subject": "failure notice",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "\n".join(f"{name}: {value}" for name, value in given.items())
    return message_from_string(f"{head}\n\n{text}")


def complaint(*, to: str = THEIRS) -> Message:
    """Return a complaint in the abuse reporting format (RFC 5965)."""
    return message_from_string(
        "From: feedback@loop.example\nTo: info@norrvik.example\nSubject: FW: Drives\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; boundary="b"'
        "\n\n--b\nContent-Type: text/plain\n\nThis is an abuse report.\n\n"
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Loop/1\n"
        f"Version: 1\nOriginal-Rcpt-To: {to}\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: <{OURS}>\n\nHello\n\n--b--\n"
    )
