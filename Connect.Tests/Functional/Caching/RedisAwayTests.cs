using System.Diagnostics;
using System.Globalization;
using System.Net;
using Connect.Data.Caching;
using Connect.ServiceDefaults;
using Connect.Testing.Faults;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Connect.Tests.Functional.Caching;

/// <summary>
/// What a miss costs while Redis is gone or silent, against what it costs while Redis is well. With the client's
/// settings of the product; the gate in between breaks connections or goes silent.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class RedisAwayTests(RunningApplication application, ITestOutputHelper output)
{
    private const int Misses = 300;

    private static readonly TimeSpan Surcharge = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostUntilTheBreakerOpens = TimeSpan.FromSeconds(1.5);

    private int _key;

    [Fact]
    public async Task Miss_costs_little_more_when_Redis_is_gone()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = await GateAsync();
        await using var instance = await StartAsync(database, gate);
        var healthy = await MeasureAsync(instance);

        gate.Close();
        var gone = await MeasureAsync(instance);
        Report("gone", healthy, gone);

        Assert.InRange(At99(gone), TimeSpan.Zero, At99(healthy) + Surcharge);
        Assert.True(instance.State.IsRedisAway);

        // It is taken up again without a request that asks for it.
        gate.Open();
        await TestInstance.EventuallyAsync(() => !instance.State.IsRedisAway);
    }

    [Fact]
    public async Task Miss_is_slow_once_when_Redis_is_silent_and_then_costs_little_more()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = await GateAsync();
        await using var instance = await StartAsync(database, gate);
        var healthy = await MeasureAsync(instance);

        gate.Hang();
        List<TimeSpan> slow = [];
        while (!instance.State.IsRedisAway)
        {
            slow.Add(await MissAsync(instance));
        }

        // Long enough for Redis to be probed, which no request must notice.
        List<TimeSpan> silent = [];
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(4) || silent.Count < Misses)
        {
            silent.Add(await MissAsync(instance));
        }

        Report("silent", healthy, silent);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"until the breaker opened: {slow.Sum(time => time.TotalMilliseconds):0} ms"));
        Assert.InRange(slow.Aggregate(TimeSpan.Zero, (sum, time) => sum + time), TimeSpan.Zero, MostUntilTheBreakerOpens);
        Assert.InRange(At99(silent), TimeSpan.Zero, At99(healthy) + Surcharge);
    }

    private async Task<TcpGate> GateAsync()
    {
        var options = ConfigurationOptions.Parse(await application.GetRedisAsync());
        return TcpGate.To(options.EndPoints.Single() is DnsEndPoint named ? named.Port : ((IPEndPoint)options.EndPoints.Single()).Port);
    }

    private async Task<TestInstance> StartAsync(TestDatabase database, TcpGate gate)
    {
        var options = ConfigurationOptions.Parse(await application.GetRedisAsync());
        options.EndPoints.Clear();
        options.EndPoints.Add("127.0.0.1", gate.Port);
        options.AbortOnConnectFail = false;
        StoresRegistration.ConfigureRedis(options);
        return await TestInstance.StartAsync(application, database.ConnectionString, new()
        {
            Redis = new RedisCache(Options.Create(new RedisCacheOptions { ConfigurationOptions = options })),
        });
    }

    private async Task<List<TimeSpan>> MeasureAsync(TestInstance instance)
    {
        // What is done once, connecting among it, is no part of a miss.
        for (var warmUp = 0; warmUp < 20; warmUp++)
        {
            await MissAsync(instance);
        }

        List<TimeSpan> times = [];
        while (times.Count < Misses)
        {
            times.Add(await MissAsync(instance));
        }

        return times;
    }

    private async Task<TimeSpan> MissAsync(TestInstance instance)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(7, await instance.ReadAsync($"k{_key++}", () => 7, ConnectTags.Programs));
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan At99(List<TimeSpan> times) => times.Order().ElementAt((int)(times.Count * 0.99));

    private void Report(string what, List<TimeSpan> healthy, List<TimeSpan> away) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"p99 of a miss: {At99(healthy).TotalMilliseconds:0.00} ms while Redis is well, {At99(away).TotalMilliseconds:0.00} ms while it is {what}"));
}
