using Connect.Caching.Generations;
using Connect.Caching.Tests.Instances;
using Npgsql;

namespace Connect.Caching.Tests.Generations;

/// <summary>Starves the thread pool of the whole test process.</summary>
[Collection(nameof(RunsAlone))]
public sealed class BusyThreadPoolTests(Servers servers)
{
    [Fact]
    public async Task Bump_is_heard_although_no_pool_thread_is_free()
    {
        var database = servers.NewDatabase();

        // No poll comes to help.
        await using var instance = await TestInstance.StartAsync(
            database, settings: new() { ["PollInterval"] = "00:01:00", ["LeaseDuration"] = "00:05:00" });
        await instance.ReadAsync("k", () => 1, "t");
        var cell = instance.Generations.Current!.GenerationOf("t");
        var before = cell.Value;
        using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestInstance.Token);
        using var done = new ManualResetEventSlim();
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var bumper = new Thread(() =>
        {
            var blocked = Block(done);
            try
            {
                Bump(connection);
                heard.SetResult(SpinWait.SpinUntil(() => cell.Value > before, TimeSpan.FromSeconds(5)));
            }
            catch (Exception exception)
            {
                // The boundary of the thread: the test tells.
                heard.SetException(exception);
            }
            finally
            {
                done.Set();
                blocked.Wait(TestInstance.Token);
            }
        });

        bumper.Start();
        Assert.True(await heard.Task);
        bumper.Join();
    }

    /// <summary>Occupies every thread that the pool has, and queues enough behind them to occupy those that it adds.</summary>
    private static CountdownEvent Block(ManualResetEventSlim done)
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        var count = (threads * 4) + 16;
        var blocked = new CountdownEvent(count);
        for (var item = 0; item < count; item++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    done.Wait();
                    blocked.Signal();
                },
                null);
        }

        return blocked;
    }

    private static void Bump(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(GenerationStore.BumpSql, connection);
        GenerationStore.AddBumpParameters(command.Parameters, ["t"], "test");
        command.ExecuteNonQuery();
    }
}
