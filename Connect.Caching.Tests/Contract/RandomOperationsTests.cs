using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests.Contract;

/// <summary>
/// Random reads, settings and evictions on two instances over one second tier, each compared with a model: a value that an
/// eviction has overruled is never read, and no value is computed that a tier still has.
/// </summary>
public sealed class RandomOperationsTests(Servers servers)
{
    private const int Keys = 40;
    private const int Tags = 6;
    private const string InVain = "a value that a tier still had";

    private static readonly HybridCacheEntryFlags[] Flags =
    [
        HybridCacheEntryFlags.None, HybridCacheEntryFlags.None, HybridCacheEntryFlags.None, HybridCacheEntryFlags.None,
        HybridCacheEntryFlags.DisableLocalCacheRead, HybridCacheEntryFlags.DisableLocalCacheWrite, HybridCacheEntryFlags.DisableDistributedCacheRead,
        HybridCacheEntryFlags.DisableDistributedCacheWrite, HybridCacheEntryFlags.DisableUnderlyingData,
        HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Two_instances_answer_as_the_model_does() => RunAsync(reads: 5000, seed: 1);

    [Fact(Explicit = true)]
    public Task Two_instances_answer_as_the_model_does_a_million_times() => RunAsync(reads: 1_000_000, seed: 2);

    private async Task RunAsync(int reads, int seed)
    {
        var (database, redis, random) = (servers.NewDatabase(), new RecordingCache(), new Random(seed));
        await using var first = await TestInstance.StartAsync(database, redis);
        await using var second = await TestInstance.StartAsync(database, redis);
        TestInstance[] instances = [first, second];
        var entries = Enumerable.Range(0, int.MaxValue).Select(number => $"k{number}").DistinctBy(CacheTags.SlotRowOf).Take(Keys)
            .Select((key, place) => new Entry(key, [$"t{place % Tags}", $"t{place * 7 % Tags}"])).ToArray();
        var (number, overruled, different, writes) = (0, 0, 0, 0);
        for (var read = 0; read < reads;)
        {
            var (entry, at) = (entries[random.Next(Keys)], random.Next(2));
            var instance = instances[at];
            switch (random.Next(200))
            {
                case 0:
                    await instance.Cache.RemoveAsync(entry.Key, Token);
                    await HearAsync(CacheTags.SlotRowOf(entry.Key));
                    entry.Evict(++number);
                    break;
                case 1:
                    await instance.Cache.RemoveByTagAsync(entry.Tags[0], Token);
                    await HearAsync(entry.Tags[0]);
                    Array.ForEach(Array.FindAll(entries, other => other.Tags.Contains(entry.Tags[0])), other => other.Evict(++number));
                    break;
                case 2:
                    await instance.EvictAsync(entry.Tags);
                    await HearAsync(entry.Tags[0]);
                    Array.ForEach(Array.FindAll(entries, other => other.Tags.Intersect(entry.Tags).Any()), other => other.Evict(++number));
                    break;
                case 3 when random.Next(10) == 0:
                    await instance.Cache.RemoveByTagAsync("*", Token);
                    await HearAsync(CacheTags.EverythingRow);
                    Array.ForEach(entries, other => other.Evict(++number));
                    break;
                case 4:
                    await instance.Cache.SetAsync(entry.Key, Text(++number), tags: entry.Tags, cancellationToken: Token);
                    await HearAsync(CacheTags.SlotRowOf(entry.Key));
                    entry.Evict(number);
                    entry.Store(at, number, HybridCacheEntryFlags.None);
                    writes++;
                    break;
                default:
                    read++;
                    var flags = Flags[random.Next(Flags.Length)];
                    var known = entry.Read(at, flags);
                    var expected = known ?? 0;
                    if (known is null && (flags & HybridCacheEntryFlags.DisableUnderlyingData) == 0)
                    {
                        expected = ++number;
                        writes += entry.Store(at, number, flags) ? 1 : 0;
                    }

                    var text = await instance.Cache.GetOrCreateAsync(
                        entry.Key, known is null ? Text(number) : InVain, static (value, _) => new ValueTask<string?>(value),
                        new() { Flags = flags }, entry.Tags, Token);
                    overruled += text is not null && text != InVain && Number(text) < entry.Floor ? 1 : 0;
                    different += text != Text(expected) ? 1 : 0;
                    break;
            }

            // A computed value is written in the background.
            if (redis.Writes != writes)
            {
                var due = writes;
                await TestInstance.EventuallyAsync(() => redis.Writes == due);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{reads} reads: {overruled} overruled, {different} different, {number} values");
        Assert.Equal((0, 0), (overruled, different));

        Task HearAsync(string row) => TestInstance.EventuallyAsync(
            () => first.Generations.Current!.GenerationOf(row).Value == second.Generations.Current!.GenerationOf(row).Value);
    }

    private static string? Text(int number) => number == 0 ? null : $"value {number}";

    private static int Number(string text) => int.Parse(text.AsSpan("value ".Length), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A key in the model: what each instance's memory and the second tier have of it.</summary>
    private sealed record Entry(string Key, string[] Tags)
    {
        private readonly int?[] _memory = [null, null];
        private int? _redis;

        /// <summary>Values below this number are overruled.</summary>
        public int Floor { get; private set; }

        public void Evict(int number) => (_memory[0], _memory[1], _redis, Floor) = (null, null, null, number);

        public int? Read(int instance, HybridCacheEntryFlags flags)
        {
            if ((flags & HybridCacheEntryFlags.DisableLocalCacheRead) == 0 && _memory[instance] is { } here)
            {
                return here;
            }

            if ((flags & HybridCacheEntryFlags.DisableDistributedCacheRead) == 0 && _redis is { } there)
            {
                _memory[instance] = (flags & HybridCacheEntryFlags.DisableLocalCacheWrite) == 0 ? there : _memory[instance];
                return there;
            }

            return null;
        }

        /// <summary>Stores what was computed; whether it is written to the second tier.</summary>
        public bool Store(int instance, int number, HybridCacheEntryFlags flags)
        {
            _memory[instance] = (flags & HybridCacheEntryFlags.DisableLocalCacheWrite) == 0 ? number : _memory[instance];
            var isWritten = (flags & HybridCacheEntryFlags.DisableDistributedCacheWrite) == 0;
            _redis = isWritten ? number : _redis;
            return isWritten;
        }
    }
}
