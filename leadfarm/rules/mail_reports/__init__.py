"""What mail systems write back: bounces and complaints, read into one shape (RFC 3464, 5965)."""

from leadfarm.rules.mail_reports.reading import Failure, Report, ReportKind, read_report
from leadfarm.rules.mail_reports.verdict import Reason

__all__ = ["Failure", "Reason", "Report", "ReportKind", "read_report"]
