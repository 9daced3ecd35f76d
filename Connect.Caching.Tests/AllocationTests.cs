using System.ComponentModel;
using Connect.Caching.Tests.Instances;

namespace Connect.Caching.Tests;

public sealed class AllocationTests(Servers servers)
{
    private static readonly string[] Tags = ["product:7"];

    [Fact]
    public async Task Hit_in_memory_allocates_nothing()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), settings: new() { ["LeaseDuration"] = "00:05:00" });
        await ReadAsync(instance);

        Assert.Equal(0, LeastAllocatedBy(() =>
        {
            var read = ReadAsync(instance);
            Assert.True(read.IsCompletedSuccessfully);
        }));
    }

    private static ValueTask<Product> ReadAsync(TestInstance instance) => instance.Cache.GetOrCreateAsync(
        "product:7", 7, static (id, _) => new ValueTask<Product>(new Product(id)), tags: Tags);

    // Code that the runtime has not optimized yet allocates, the stock cache's too: 96 B a call. It is optimized
    // in the background, after a while.
    private static long LeastAllocatedBy(Action read)
    {
        const int Reads = 1000;
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5000 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var count = 0; count < Reads; count++)
            {
                read();
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Reads);
        }

        return least;
    }

    [ImmutableObject(true)]
    private sealed record Product(int Id);
}
