using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Connect.AppHost.Servers;
using Connect.Testing.Processes;
using Connect.Tests.Distributed.Observability;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>PostgreSQL and Redis as programs of this machine, under Aspire's orchestrator.</summary>
public sealed class ServerProgramsTests(ServerPrograms servers) : IClassFixture<ServerPrograms>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("keptdb")]
    [InlineData("downloadeddb")]
    public async Task Database_is_there_when_its_server_is_healthy(string name)
    {
        await using var connection = new NpgsqlConnection(await servers.GetHealthyAsync(name));
        await connection.OpenAsync(CancellationToken);

        Assert.Equal(name, connection.Database);
    }

    [Fact]
    public async Task Server_of_one_run_has_no_memory_that_stays_when_it_is_killed()
    {
        await using var source = NpgsqlDataSource.Create(await servers.GetHealthyAsync("downloadeddb"));
        await using var command = source.CreateCommand("show dynamic_shared_memory_type");

        Assert.Equal(OperatingSystem.IsWindows() ? "windows" : "mmap", await command.ExecuteScalarAsync(CancellationToken));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("garnet")]
    public async Task Redis_lets_in_who_has_the_password(string name)
    {
        var options = ConfigurationOptions.Parse(await servers.GetHealthyAsync(name));
        await using var allowed = await ConnectionMultiplexer.ConnectAsync(options);
        Assert.True(await allowed.GetDatabase().StringSetAsync("greeting", "안녕"));

        options.Password = "wrong";
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    [Theory]
    [InlineData("missing", "PostgreSQL was not found and downloading it is turned off: install it with '")]
    [InlineData("corrupt", "PostgreSQL was not found and it could not be downloaded (")]
    [InlineData("old", "was made by PostgreSQL 9 and this machine has version ")]
    public async Task Server_that_cannot_run_says_why_in_one_sentence(string name, string sentence)
    {
        Assert.Contains(sentence, await servers.GetFailureAsync(name), StringComparison.Ordinal);

        var first = await servers.Application.Services.GetRequiredService<EnvironmentProblems>().First;
        Assert.DoesNotContain('\n', first);
    }

    [Fact]
    public async Task Server_that_crashes_is_started_again_with_its_data()
    {
        var connectionString = await servers.GetHealthyAsync("keptdb");
        await ExecuteAsync(connectionString, "create table if not exists kept (id int)");
        var crashed = ReadServer();
        ProcessSignals.Send(crashed, UnixSignal.Kill);

        await Patiently.UntilAsync(async () => await AnswersAsync(connectionString));

        Assert.NotEqual(crashed, ReadServer());
        await ExecuteAsync(connectionString, "select from kept");
    }

    [Fact]
    public async Task Server_stops_although_a_client_stays_and_stays_stopped_until_it_is_started()
    {
        // A server of its own: the others are in use.
        var connectionString = await servers.GetHealthyAsync("downloadeddb");
        await using var client = new NpgsqlConnection(connectionString);
        await client.OpenAsync(CancellationToken);

        await CommandAsync("downloaded", KnownResourceCommands.StopCommand);
        await servers.Application.ResourceNotifications.WaitForResourceAsync(
            "downloaded", [KnownResourceStates.Exited, KnownResourceStates.Finished], CancellationToken);
        Assert.False(await AnswersAsync(connectionString));

        await CommandAsync("downloaded", KnownResourceCommands.StartCommand);
        await Patiently.UntilAsync(async () => await AnswersAsync(connectionString));
    }

    [Fact]
    public async Task No_password_is_among_the_arguments()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows the arguments of others as files.");
        var password = new NpgsqlConnectionStringBuilder(await servers.GetHealthyAsync("keptdb")).Password!;
        var redis = ConfigurationOptions.Parse(await servers.GetHealthyAsync("redis")).Password!;

        var arguments = Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(ReadArguments).ToList();

        Assert.Contains(arguments, text => text.Contains(servers.KeptFolder, StringComparison.Ordinal));
        Assert.DoesNotContain(arguments, text => text.Contains(password, StringComparison.Ordinal) || text.Contains(redis, StringComparison.Ordinal));
    }

    private static string ReadArguments(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private int ReadServer() => int.Parse(File.ReadLines(Path.Combine(servers.KeptFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private async Task CommandAsync(string resource, string command)
    {
        var result = await servers.Application.ResourceCommands.ExecuteCommandAsync(resource, command, CancellationToken);
        Assert.True(result.Success, result.Message);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken);
    }

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await ExecuteAsync(connectionString, "select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
