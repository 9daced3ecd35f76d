using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Connect.Tests.Browser.Chromium))]

namespace Connect.Tests.Browser;

/// <summary>The machine's Chromium, started once for all tests that need it and only if one does. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const float Patience = 20_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; started by the first caller.</summary>
    public async Task<IBrowser> GetAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();

            // A slow machine is not a fault of a page.
            Assertions.SetDefaultExpectTimeout(Patience);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Find(),

                // Its sandbox does not run as root, and the pages are our own.
                ChromiumSandbox = false,
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend("/usr/bin");
        var found = folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Needed.Have(found is not null, "chromium", "Chromium is missing: install it with 'apt-get install chromium'.");
        return found!;
    }
}
