using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using MudBlazor;

namespace Connect.Operations.Look;

/// <summary>
/// The theme's variables as a stylesheet, made once. MudBlazor would write them into each page as a style element, which the
/// page's content security policy forbids.
/// </summary>
internal sealed class ThemeStylesheet(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    private const string Path = "/ops/theme.css";
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly Lazy<Task<Sheet>> _sheet = new(() => MakeAsync(scopes, loggers));

    /// <summary>The address, with a version that changes with the content.</summary>
    public async ValueTask<string> AddressAsync() => $"{Path}?v={(await _sheet.Value).Version}";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Path, static (HttpContext context, ThemeStylesheet theme) => theme.WriteAsync(context)).AllowAnonymous().ExcludeFromDescription();

    private async Task WriteAsync(HttpContext context)
    {
        var sheet = await _sheet.Value;
        var headers = context.Response.Headers;
        context.Response.ContentType = "text/css; charset=utf-8";
        headers.CacheControl = context.Request.Query["v"] == sheet.Version ? Forever : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var isPacked = context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality is not 0);
        if (isPacked)
        {
            headers.ContentEncoding = "gzip";
        }

        var body = isPacked ? sheet.Packed : sheet.Plain;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<Sheet> MakeAsync(IServiceScopeFactory scopes, ILoggerFactory loggers)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var light = await WriteAsync(renderer, isDark: false);
        var dark = await WriteAsync(renderer, isDark: true);
        var plain = Encoding.UTF8.GetBytes(
            $$$"""
            :root{color-scheme:light;{{{light}}}}
            @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;{{{dark}}}}}
            :root[data-theme=dark]{color-scheme:dark;{{{dark}}}}
            """);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(plain);
        }

        return new Sheet(plain, packed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);
    }

    private static Task<string> WriteAsync(HtmlRenderer renderer, bool isDark) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var variables = new StringBuilder();
        await renderer.RenderComponentAsync<Variables>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = OperationsTheme.Theme,
            [nameof(MudThemeProvider.IsDarkMode)] = isDark,
            [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
            [nameof(Variables.Target)] = variables,
        }));
        return variables.Replace("\r", "").Replace("\n", "").ToString();
    });

    private sealed record Sheet(byte[] Plain, byte[] Packed, string Version);

    /// <summary>Writes the theme's variables by MudBlazor's own method, without the style element.</summary>
    private sealed class Variables : MudThemeProvider
    {
        [Parameter]
        public StringBuilder? Target { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => GenerateTheme(Target!.Clear());
    }
}
