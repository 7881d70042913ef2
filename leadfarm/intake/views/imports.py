"""The import wizard: upload, map, preview, run, done. Works without JavaScript by refresh."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadfarm.access.middleware import InsideRequest
from leadfarm.access.rights import only
from leadfarm.engine.errors import LeadfarmError
from leadfarm.intake import actions, jobs
from leadfarm.intake.codes import ImportKind, ImportState
from leadfarm.intake.forms import UploadForm
from leadfarm.intake.importing.rehearsing import Rehearsal, has_fallen_silent
from leadfarm.intake.importing.rehearsing import preview as look_ahead
from leadfarm.intake.models import ImportFault, ImportRun, SavedMapping
from leadfarm.intake.queries import error_file, gone_again, landed
from leadfarm.intake.views.mapping_form import left_out, mapping_of, rows_of
from leadfarm.rules.codes import Role
from leadfarm.ui.toasts import alarm, toast

LEADING = (Role.MARKETER, Role.MANAGER, Role.ADMIN)
# What a row will do, said of one and of many.
WILL = {
    "created": ("opens a lead", "open a lead"),
    "merged": ("joins a lead that is there", "join a lead that is there"),
    "updated": ("tells more about its lead", "tell more about their leads"),
    "unchanged": ("brings nothing new", "bring nothing new"),
    "rejected": ("is rejected", "are rejected"),
}
STEPS = ("Upload", "Map columns", "Preview", "Run")


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def imports(request: InsideRequest) -> HttpResponse:
    """List the imports; a POST uploads a file and goes on to its columns."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], ImportKind(int(form.cleaned_data["kind"]))
        try:
            run = actions.upload(
                request.workspace, file.name, file.chunks(), kind=kind, by=request.member,
                now=request.now,
            )  # fmt: skip
        except LeadfarmError as refusal:
            form.add_error("file", str(refusal))
        else:
            return on_from_upload(request, run)
    runs = ImportRun.objects.of(request.workspace).order_by("-uploaded_at")[:100]
    lines = [(run, ImportState(run.state), ImportKind(run.kind)) for run in runs]
    page = {"form": form, "lines": lines, "most_mb": settings.LEADFARM_IMPORT_LIMIT_MB}
    return render(request, "intake/imports.html", page)


def on_from_upload(request: InsideRequest, run: ImportRun) -> HttpResponse:
    """Go on with a file just uploaded: to its columns, or to where a workbook is read."""
    _have_it_read(run)
    return _on(request, run)


@require_POST
@only(*LEADING)
def sheet(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    run = find(request, import_run_id)
    try:
        actions.choose_sheet(run, request.POST.get("sheet", ""))
        _have_it_read(run)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _on(request, run)


@require_POST
@only(*LEADING)
def layout(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Begin the mapping anew: as the layout says, by the titles alone, or as one kept by name."""
    run = find(request, import_run_id)
    kept = SavedMapping.objects.of(request.workspace).filter(kind=run.kind)
    chosen = request.POST.get("saved", "")
    saved = kept.filter(id=int(chosen)).first() if chosen.isdecimal() else None
    try:
        actions.lay_out(run, by_layout=request.POST.get("layout") != "titles", saved=saved)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
    return _on(request, run)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*LEADING)
def mapping(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Say what each column means; a POST keeps it and goes on to the preview."""
    run = find(request, import_run_id)
    if run.state == ImportState.READING:
        return _to(request, run, "import")
    refused = ""
    if request.method == "POST":
        try:
            mapped = actions.map_columns(run, mapping_of(run, request.POST))
        except LeadfarmError as refusal:
            refused, run.mapping = str(refusal), mapping_of(run, request.POST)
        else:
            if name := request.POST.get("save_as", "").strip():
                actions.save_mapping(request.workspace, name, mapped, now=request.now)
            return _to(request, run, "preview")
    try:
        page = rows_of(run)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("intake:imports", workspace=request.workspace.slug)
    found = {"run": run, "refused": refused, "steps": _steps(run, 2), **page}
    return render(request, "intake/mapping.html", found)


@require_safe
@only(*LEADING)
def preview(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Show what would become of the first rows, or of all, where they were looked at."""
    run = find(request, import_run_id)
    if run.state != ImportState.MAPPED:
        return _on(request, run)
    try:
        found = Rehearsal(**run.rehearsal) if run.rehearsal else look_ahead(run, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return redirect("intake:imports", workspace=request.workspace.slug)
    shown = {"run": run, "found": found, "told": _told(found), "steps": _steps(run, 3)}
    shown["is_silent"] = has_fallen_silent(run, request.now)
    shown["left_out"] = left_out(run)
    return render(request, "intake/preview.html", shown)


@require_POST
@only(*LEADING)
def rehearsal(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Have a worker look at every row; nothing is written."""
    run = find(request, import_run_id)
    is_running = bool((run.rehearsal or {}).get("is_running"))
    if run.state == ImportState.MAPPED and (not is_running or has_fallen_silent(run, request.now)):
        ahead = Rehearsal(run.total, is_running=True)
        run.rehearsal, run.rehearsed_at = asdict(ahead), request.now
        run.save(update_fields=["rehearsal", "rehearsed_at"])
        jobs.rehearse.defer(workspace_id=run.workspace_id, run_id=run.id)
    return _to(request, run, "preview")


@require_POST
@only(*LEADING)
def start(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Hand the import to a worker."""
    run = find(request, import_run_id)
    if run.state not in (ImportState.MAPPED, ImportState.WAITING, ImportState.RUNNING):
        alarm(request, "Map its columns first." if not run.is_finished else "It has run already.")
    else:
        jobs.bring_in.defer(workspace_id=run.workspace_id, run_id=run.id)
        if run.state == ImportState.MAPPED:
            run.state = ImportState.WAITING
            run.save(update_fields=["state"])
        else:
            toast(request, "Started again. It goes on behind the last row that is in.")
    return _to(request, run, "import")


@require_safe
@only(*LEADING)
def show(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Show how far an import is, and what came of it."""
    run = find(request, import_run_id)
    if run.state in (ImportState.UPLOADED, ImportState.MAPPED):
        return _on(request, run)
    return render(request, "intake/import.html", _page(request, run))


@require_safe
@only(*LEADING)
def progress(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Return the part of the page that moves while the import runs; at its end, the page anew."""
    context = _page(request, find(request, import_run_id))
    answer = render(request, "intake/progress.html", context)
    if not context["waits"]:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@only(*LEADING)
def errors(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Download the rows that need a look, with what is wrong."""
    run = find(request, import_run_id)
    answer = HttpResponse("".join(error_file(run)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{run.id}-errors.csv"'
    return answer


@require_POST
@only(*LEADING)
def undo(request: InsideRequest, import_run_id: int) -> HttpResponse:
    """Take the import back; what people have worked on since stays and is named."""
    run = find(request, import_run_id)
    try:
        undone = actions.undo_import(run, by=request.member, now=request.now)
    except LeadfarmError as refusal:
        alarm(request, str(refusal))
        return _to(request, run, "import")
    many = "1 lead" if undone.removed == 1 else f"{undone.removed:,} leads"
    said = f"{many} of {run.file_name} {'is' if undone.removed == 1 else 'are'} gone again."
    if undone.restored:
        said += f" {undone.restored:,} records have their values back."
    if undone.kept or undone.left_alone:
        said += f" {len(undone.kept) + len(undone.left_alone):,} stay as people left them."
    toast(request, said)
    return _to(request, run, "import")


def find(request: InsideRequest, number: int) -> ImportRun:
    """Return the import; 404 for one that was thrown away, too."""
    runs = ImportRun.objects.of(request.workspace).filter(thrown_away_at=None)
    return get_object_or_404(runs, id=number)


def _to(request: InsideRequest, run: ImportRun, page: str) -> HttpResponse:
    return redirect(f"intake:{page}", workspace=request.workspace.slug, import_run_id=run.id)


def _on(request: InsideRequest, run: ImportRun) -> HttpResponse:
    """Go on where the import stands; a repair brings its mapping along."""
    pages = {ImportState.UPLOADED: "mapping", ImportState.MAPPED: "preview"}
    return _to(request, run, pages.get(ImportState(run.state), "import"))


def _have_it_read(run: ImportRun) -> None:
    """Hand a workbook to a worker: reading it takes longer than a page."""
    if run.state == ImportState.READING:
        jobs.read_workbook.defer(workspace_id=run.workspace_id, run_id=run.id)


def _page(request: InsideRequest, run: ImportRun) -> dict[str, Any]:
    left = ""
    if run.state == ImportState.RUNNING and run.done_rows and run.started_at:
        passed = (request.now - run.started_at).total_seconds()
        left = f"about {max(1, round(passed / run.done_rows * (run.total - run.done_rows)))} s left"
    faults = ImportFault.objects.of(run.workspace_id).filter(run=run).order_by("row", "id")
    where = {"workspace": request.workspace.slug, "import_run_id": run.id}
    waits = run.state in (ImportState.READING, ImportState.WAITING, ImportState.RUNNING)
    return {
        "run": run,
        "state": ImportState(run.state),
        "waits": waits,
        "left": left,
        "poll": reverse("intake:progress", kwargs=where),
        "faults": faults[:20],
        "landed": landed(run) if run.is_finished else [],
        "removed": gone_again(run) if run.state == ImportState.UNDONE else 0,
        "steps": _steps(run, _step_of(run)),
    }


def _step_of(run: ImportRun) -> int:
    """Return the number of the step it is at; one behind the last where all is done."""
    if run.state == ImportState.READING:
        return 1
    return 5 if run.state in (ImportState.DONE, ImportState.UNDONE) else 4


def _told(found: Rehearsal) -> list[tuple[int, str]]:
    """Return how many rows will do what; what none does is left out."""
    counted = [(found.counts.get(name, 0), words) for name, words in WILL.items()]
    return [(many, words[many != 1]) for many, words in counted if many]


def _steps(run: ImportRun, current: int) -> list[dict[str, str]]:
    found = []
    for number, label in enumerate(STEPS, start=1):
        state = "done" if number < current else "current" if number == current else ""
        note = run.file_name if number == 1 else ""
        found.append({"label": label, "state": state, "note": note})
    return found
