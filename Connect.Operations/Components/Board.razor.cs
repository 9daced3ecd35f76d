using Connect.Data.Operations;
using Connect.Operations.Access;
using Connect.Operations.Numbers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace Connect.Operations.Components;

/// <summary>The part of the page that is updated while it is open. The first view is in the page itself.</summary>
public sealed partial class Board : IDisposable
{
    private readonly CancellationTokenSource _closing = new();

    [Inject]
    private OperationsFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private AuthenticationStateProvider Session { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Texts> Text { get; set; } = null!;

    private OperationsView? View { get; set; }

    private BoardNumbers? Numbers { get; set; }

    private DateTimeOffset Now => Time.GetUtcNow();

    /// <inheritdoc />
    public void Dispose()
    {
        Session.AuthenticationStateChanged -= LeaveIfSignedOut;
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Session.AuthenticationStateChanged += LeaveIfSignedOut;
        Take(await Feed.ReadAsync(_closing.Token));
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await WatchAsync(_closing.Token);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var view in Feed.WatchAsync(cancellationToken))
            {
                Take(view);
                StateHasChanged();
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            // The page was closed, or the process ends.
        }
    }

    private void Take(OperationsView view) => (View, Numbers) = (view, BoardNumbers.Of(view));

    // An event handler, so nothing awaits it; all it does is to navigate.
    private async void LeaveIfSignedOut(Task<AuthenticationState> changed)
    {
        if ((await changed).User.Identity?.IsAuthenticated != true)
        {
            await InvokeAsync(() => Navigation.NavigateTo(OperationsCookie.SignInPath, forceLoad: true));
        }
    }
}
