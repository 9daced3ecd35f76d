using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Connect.Tests.Browser;

/// <summary>A browser window with an authenticator of its own, whose user is there and verified. Signed in as an administrator, at the page of passkeys.</summary>
internal sealed class PasskeyVisit : IAsyncDisposable
{
    private const string ChallengeCookie = "Connect.Challenge";

    private readonly OperationsVisit _visit;
    private readonly ICDPSession _devTools;
    private readonly string _authenticator;
    private readonly Uri _site;

    private PasskeyVisit(OperationsVisit visit, ICDPSession devTools, string authenticator, Uri site) =>
        (_visit, _devTools, _authenticator, _site) = (visit, devTools, authenticator, site);

    public IPage Page => _visit.Page;

    public OperationsVisit Window => _visit;

    /// <summary>The same address under the name that browsers allow passkeys for: never for an address of numbers.</summary>
    public static Uri ByName(Uri api) => new UriBuilder(api) { Host = "localhost" }.Uri;

    public static async Task<PasskeyVisit> EnterAsync(
        Chromium chromium, Uri api, string email, string locale = "en-US", ColorScheme colours = ColorScheme.Light, int width = 1440)
    {
        var site = ByName(api);
        var visit = await OperationsVisit.OpenAsync(chromium, site, locale, colours, width);
        var devTools = await visit.Context.NewCDPSessionAsync(visit.Page);
        await devTools.SendAsync("WebAuthn.enable");
        var added = await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await visit.SignInAsync(email, page: "/ops/sign-in?ReturnUrl=/ops/passkeys");
        await Assertions.Expect(visit.Page.Locator("#passkey-name")).ToBeVisibleAsync();
        return new PasskeyVisit(visit, devTools, added!.Value.GetProperty("authenticatorId").GetString()!, site);
    }

    /// <summary>Goes to a page.</summary>
    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_site, path).ToString());

    /// <summary>Adds a passkey by the form of the page of passkeys, and waits for it to be listed.</summary>
    public async Task AddAsync(string name)
    {
        await Page.FillAsync("#passkey-name", name);
        await Page.ClickAsync("[data-ops-passkey=create] button");
        await Assertions.Expect(Page.Locator("tbody th").Filter(new() { HasText = name })).ToBeVisibleAsync();
    }

    /// <summary>Forgets the session, as a browser does that was closed, and goes to the sign-in page.</summary>
    public async Task LeaveAsync()
    {
        await _visit.Context.ClearCookiesAsync();
        await GoAsync("/ops/sign-in");
    }

    /// <summary>Whether the window has a session.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        await GoAsync("/ops/passkeys");
        return new Uri(Page.Url).AbsolutePath == "/ops/passkeys";
    }

    /// <summary>Makes the authenticator's user one who has, or has not, shown finger, face or PIN.</summary>
    public Task VerifyUserAsync(bool isVerified) => _devTools.SendAsync("WebAuthn.setUserVerified", new()
    {
        ["authenticatorId"] = _authenticator,
        ["isUserVerified"] = isVerified,
    });

    /// <summary>Asks the server for a challenge by a form of the page: <c>get</c> to sign in, <c>create</c> to add one.</summary>
    public async Task<JsonNode> AskAsync(string ceremony = "get") => JsonNode.Parse(await Page.EvaluateAsync<string>(
        """
        async ceremony => {
            const form = document.querySelector(`[data-ops-passkey=${ceremony}]`);
            const response = await fetch(form.dataset.opsChallenge, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
            return await response.text();
        }
        """,
        ceremony))!;

    /// <summary>The authenticator's answer.</summary>
    public async Task<JsonNode> AnswerAsync(JsonNode options, string ceremony = "get") => JsonNode.Parse(await Page.EvaluateAsync<string>(
        """
        async ([ceremony, options]) => JSON.stringify(ceremony === 'get'
            ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) })
            : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) }))
        """,
        new[] { ceremony, options.ToJsonString() }))!;

    /// <summary>Sends answers at the same time by a form of the page; returns the statuses.</summary>
    public async Task<int[]> SendAsync(JsonNode[] answers, string ceremony = "get") => await Page.EvaluateAsync<int[]>(
        """
        async ([ceremony, ...answers]) => await Promise.all(answers.map(async answer => {
            const form = document.querySelector(`[data-ops-passkey=${ceremony}]`);
            const body = new URLSearchParams(new FormData(form));
            body.set('credential', answer);
            body.set('name', 'key');
            return (await fetch(form.action, { method: 'POST', body, redirect: 'manual' })).status;
        }))
        """,
        (string[])[ceremony, .. answers.Select(answer => answer.ToJsonString())]);

    /// <summary>Sends one answer; returns the status.</summary>
    public async Task<int> SendAsync(JsonNode answer, string ceremony = "get") => Assert.Single(await SendAsync([answer], ceremony));

    /// <summary>The cookie with the challenge, as a thief would copy it.</summary>
    public async Task<Cookie> CopyChallengeAsync()
    {
        var cookie = Assert.Single(await _visit.Context.CookiesAsync(), cookie => cookie.Name == ChallengeCookie);
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        return new() { Name = cookie.Name, Value = cookie.Value, Url = _site.ToString(), HttpOnly = true, SameSite = cookie.SameSite };
    }

    public Task PasteAsync(Cookie cookie) => _visit.Context.AddCookiesAsync([cookie]);

    public ValueTask DisposeAsync() => _visit.DisposeAsync();
}
