"""Settings: tokens of programs; made, shown once, revoked."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from leadfarm.access import actions
from leadfarm.access.actors import Actor
from leadfarm.access.middleware import InsideRequest
from leadfarm.access.models import ApiToken, Team, Workspace
from leadfarm.access.rights import only
from leadfarm.access.scopes import Scope
from leadfarm.access.views.frame import ADMIN, done, settings_page

TAB = "access:tokens"


class TokenForm(forms.Form):
    """What a new token is called, what it may do, and behind which wall."""

    name = forms.CharField(
        max_length=80, help_text="The program that will use it, so that you know it again."
    )
    scopes = forms.TypedMultipleChoiceField(
        label="It may",
        choices=[(scope.value, f"{scope.label}: {scope.hint}") for scope in Scope],
        coerce=lambda value: Scope(int(value)),
        widget=forms.CheckboxSelectMultiple,
    )
    firm = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        label="Outside firm",
        empty_label="None: it sees the whole workspace",
        help_text="A firm's token sees only the leads that the firm works.",
    )

    def __init__(self, *args: object, workspace: Workspace) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        firms = self.fields["firm"]
        assert isinstance(firms, forms.ModelChoiceField)
        firms.queryset = Team.objects.of(workspace).filter(is_firm=True).order_by("name")


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@only(*ADMIN)
def tokens(request: InsideRequest) -> HttpResponse:
    """List the tokens; a POST makes one and shows its secret, once."""
    form = TokenForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made, secret = actions.make_token(
                request.member, told["name"], told["scopes"], told["firm"], now=request.now
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return settings_page(request, "access/token.html", TAB, made=made, secret=secret)
    found = ApiToken.objects.of(request.workspace).select_related("firm", "made_by")
    rows = [(one, [Scope(s).label for s in one.scopes]) for one in found.order_by("-id")]
    status = 400 if form.is_bound else 200
    return settings_page(request, "access/tokens.html", TAB, status, rows=rows, form=form)


@require_POST
@only(*ADMIN)
def revocation(request: InsideRequest, api_token_id: int) -> HttpResponse:
    """Revoke a token; the toast lets it in again."""
    one = get_object_or_404(ApiToken.objects.of(request.workspace), pk=api_token_id)
    holes = {"workspace": request.workspace.slug, "api_token_id": one.pk}
    undo = reverse("access:token-return", kwargs=holes)
    act = lambda: actions.revoke_token(one, by=Actor.of(request.member), now=request.now)  # noqa: E731
    return done(request, act, f"{one.name} opens nothing any more.", TAB, undo=undo)


@require_POST
@only(*ADMIN)
def comeback(request: InsideRequest, api_token_id: int) -> HttpResponse:
    """Let a revoked token in again."""
    one = get_object_or_404(ApiToken.objects.of(request.workspace), pk=api_token_id)
    act = lambda: actions.restore_token(one, by=Actor.of(request.member), now=request.now)  # noqa: E731
    return done(request, act, f"{one.name} works again.", TAB)
