using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Connect.Caching.Tests.Instances;

namespace Connect.Caching.Tests;

/// <summary><c>samples/Shop</c> as its README starts it: two processes, of which one changes what the other has cached.</summary>
public sealed class ShopSampleTests(Servers servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_in_one_process_is_seen_in_the_other(bool withRedis)
    {
        Assert.SkipWhen(withRedis && servers.Redis is null, "Redis is not installed.");
        var database = servers.NewDatabase();
        await using var first = await ShopProcess.StartAsync(database, withRedis ? servers.Redis : null);
        await using var second = await ShopProcess.StartAsync(database, withRedis ? servers.Redis : null);
        Assert.Equal(HttpStatusCode.NotFound, await second.StatusAsync());

        await first.PutAsync(10);
        await TestInstance.EventuallyAsync(async () => await second.PriceAsync() == 10);
        await first.PutAsync(12);

        Assert.Equal(12, await first.PriceAsync());
        await TestInstance.EventuallyAsync(async () => await second.PriceAsync() == 12);
    }

    [Fact]
    public void Its_own_code_is_short()
    {
        var lines = File.ReadLines(Path.Combine(Repository(), "samples", "Shop", "Program.cs"));

        Assert.InRange(lines.Count(line => !string.IsNullOrWhiteSpace(line)), 1, 60);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Connect.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder;
    }

    private sealed class ShopProcess : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http;

        private ShopProcess(Process process, int port) =>
            (_process, _http) = (process, new HttpClient { BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")) });

        public static async Task<ShopProcess> StartAsync(string database, string? redis)
        {
            // Beside this assembly's own folder, in the same configuration.
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
            var port = ServerPrograms.FreePort();
            var start = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "..", "..", "Shop", configuration, "Shop.dll"),
                    "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                },
                Environment = { ["ConnectionStrings__shop"] = database, ["ConnectionStrings__redis"] = redis },
                RedirectStandardOutput = true,
            };
            var shop = new ShopProcess(Process.Start(start)!, port);
            shop._process.OutputDataReceived += static (_, _) => { };
            shop._process.BeginOutputReadLine();
            await TestInstance.EventuallyAsync(async () =>
            {
                try
                {
                    return await shop.StatusAsync() is HttpStatusCode.NotFound or HttpStatusCode.OK;
                }
                catch (HttpRequestException) when (!shop._process.HasExited)
                {
                    return false;
                }
            });
            return shop;
        }

        public async Task<HttpStatusCode> StatusAsync()
        {
            using var response = await _http.GetAsync("products/7", TestInstance.Token);
            return response.StatusCode;
        }

        public async Task<decimal?> PriceAsync()
        {
            using var response = await _http.GetAsync("products/7", TestInstance.Token);
            return response.StatusCode == HttpStatusCode.OK ? (await response.Content.ReadFromJsonAsync<ProductDto>(TestInstance.Token))!.Price : null;
        }

        public async Task PutAsync(decimal price)
        {
            using var response = await _http.PutAsJsonAsync("products/7", new ProductDto("Tea", price), TestInstance.Token);
            response.EnsureSuccessStatusCode();
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
        }
    }

    private sealed record ProductDto(string Name, decimal Price);
}
