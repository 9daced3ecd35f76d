using System.Security.Claims;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Domain.Programs;
using Connect.Operations.Actions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace Connect.Operations.Components;

/// <summary>The buttons of the actions; each opens a dialog that asks for confirmation.</summary>
public sealed partial class ActionBar
{
    private const string Other = "";

    private static readonly (string Tag, string Text)[] Choices =
    [
        (ConnectTags.Programs, "EvictPrograms"), (ConnectTags.Matches, "EvictMatches"), (CacheTags.Everything, "EvictEverything"), (Other, "EvictOther"),
    ];

    private ConfirmDialog _evict = null!;
    private ConfirmDialog _warm = null!;
    private ConfirmDialog _scrape = null!;
    private string _choice = ConnectTags.Programs;
    private string _tag = "";
    private string _agency = "";
    private bool _isBusy;
    private ActionOutcome? _outcome;

    [Inject]
    private OperationsActions Actions { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Texts> Text { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private bool IsWrong => _tag.Length > 0 && TagRules.FindError(_tag) is not null;

    private string? Tag => _choice != Other ? _choice : TagRules.FindError(_tag) is null ? _tag : null;

    private async Task OpenEvictAsync()
    {
        (_choice, _tag) = (ConnectTags.Programs, "");
        await _evict.OpenAsync();
    }

    private Task EvictAsync() => Tag is { } tag ? RunAsync(user => Actions.EvictAsync(user, tag)) : Task.CompletedTask;

    private Task WarmAsync() => RunAsync(Actions.WarmAsync);

    private Task ScrapeAsync() => RunAsync(user => Actions.ScrapeAsync(user, Enum.TryParse<Agency>(_agency, out var agency) ? agency : null));

    // A second click during an action does nothing. The buttons stay enabled, so that a closed dialog can give the focus back.
    private async Task RunAsync(Func<ClaimsPrincipal, Task<ActionOutcome>> act)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _outcome) = (true, null);
        try
        {
            _outcome = await act((await Session).User);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
