using System.Transactions;
using Connect.Caching.Tests.Instances;

namespace Connect.Caching.Tests.Contract;

/// <summary>Inside somebody's transaction the cache is neither read nor evicted: what is committed is not known yet.</summary>
public sealed class TransactionTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, Func<TestInstance, ValueTask>> All { get; } = new()
    {
        ["read"] = async instance => await instance.ReadAsync("new", () => 1, "t"),
        ["set"] = instance => instance.Cache.SetAsync("k", 1, cancellationToken: Token),
        ["remove"] = instance => instance.Cache.RemoveAsync("k", Token),
        ["remove many"] = instance => instance.Cache.RemoveAsync(["k", "l"], Token),
        ["remove by tag"] = instance => instance.Cache.RemoveByTagAsync("t", Token),
        ["remove by tags"] = instance => instance.Cache.RemoveByTagAsync(["t", "u"], Token),
        ["remove everything"] = instance => instance.Cache.RemoveByTagAsync("*", Token),
    };

    [Fact]
    public async Task Evicting_transaction_refuses()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        foreach (var operation in All.Values)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => instance.Transaction.ExecuteAsync(
                async (_, _) => await operation(instance), Token));
        }

        Assert.Empty(await Sql.ReadGenerationsAsync(database));
        foreach (var operation in All.Values)
        {
            await operation(instance);
        }
    }

    [Fact]
    public async Task Ambient_transaction_refuses()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            foreach (var operation in All.Values)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await operation(instance));
            }
        }

        Assert.Empty(await Sql.ReadGenerationsAsync(database));
    }
}
