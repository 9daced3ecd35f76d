using System.Diagnostics.Metrics;
using Connect.Api.Audit;
using Connect.Api.Http;
using Connect.Caching.Generations;
using Connect.Data.Audit;
using Connect.Data.Model;
using Connect.Testing.Faults;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Connect.Tests.Functional.Api;

/// <summary>The audit trail while something goes wrong.</summary>
public sealed class AuditMiddlewareTests(RunningApplication application)
{
    private static readonly Guid Administrator = Guid.CreateVersion7();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entry_is_there_before_the_call_is_carried_out_and_has_no_outcome_when_the_process_dies()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        AuditEntry? found = null;

        // A dead process does not reach the part of the pipeline that stores the outcome.
        await new AuditMiddleware(
            async _ => found = await ReadAsync(database), instance.Get<AuditLog>()).InvokeAsync(NewCall(HttpMethods.Post));

        Assert.NotNull(found);
        Assert.Equal((Administrator, "POST", null, null), (found.UserId, found.Method, found.Status, found.CompletedAt));
        Assert.Null((await ReadAsync(database)).Status);
    }

    [Fact]
    public async Task Call_is_not_carried_out_when_it_can_not_be_written_down()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        await using (var context = database.CreateContext())
        {
            await context.Database.ExecuteSqlRawAsync("alter table audit_entries rename to away", CancellationToken);
        }

        var isDone = false;
        var audit = new AuditMiddleware(
            _ =>
            {
                isDone = true;
                return Task.CompletedTask;
            },
            instance.Get<AuditLog>());

        await Assert.ThrowsAnyAsync<Exception>(() => audit.InvokeAsync(NewCall(HttpMethods.Delete)));
        Assert.False(isDone);

        // Reads are not audited.
        await audit.InvokeAsync(NewCall(HttpMethods.Get));
        Assert.True(isDone);
    }

    [Fact]
    public async Task Database_that_is_away_is_reported_as_such()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var gate = TcpGate.To(server.Port);
        (server.Host, server.Port) = ("127.0.0.1", gate.Port);
        await using var instance = await TestInstance.StartAsync(
            application, server.ConnectionString, new() { Writes = options => options.UseNpgsql(Impatient) });
        gate.Close();

        var exception = await Assert.ThrowsAnyAsync<Exception>(
            () => new AuditMiddleware(_ => Task.CompletedTask, instance.Get<AuditLog>()).InvokeAsync(NewCall(HttpMethods.Post)));

        Assert.True(PrimaryDatabase.IsUnreachable(exception), exception.ToString());
    }

    [Fact]
    public async Task Outcome_is_an_error_when_the_call_throws_past_everything()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var audit = new AuditMiddleware(_ => throw new NotSupportedException(), instance.Get<AuditLog>());
        var outcomes = new AuditOutcomeMiddleware(
            audit.InvokeAsync, instance.Get<AuditLog>(), new AuditMetrics(instance.Get<IMeterFactory>()), new FakeLogger<AuditOutcomeMiddleware>());

        await Assert.ThrowsAsync<NotSupportedException>(() => outcomes.InvokeAsync(NewCall(HttpMethods.Post)));

        var entry = await ReadAsync(database);
        Assert.Equal(500, entry.Status);
        Assert.True(entry.CompletedAt >= entry.At);
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, 1)]
    [InlineData(StatusCodes.Status401Unauthorized, 0)]
    public async Task Refusal_is_counted_and_that_of_a_user_is_logged(int status, int lines)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var meters = instance.Get<IMeterFactory>();
        using var refused = new MetricCollector<long>(meters, "Connect.Administration", "connect.administration.refused");
        var logger = new FakeLogger<AuditOutcomeMiddleware>();
        var outcomes = new AuditOutcomeMiddleware(
            context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            },
            instance.Get<AuditLog>(), new AuditMetrics(meters), logger);

        await outcomes.InvokeAsync(NewCall(HttpMethods.Delete));
        await outcomes.InvokeAsync(new DefaultHttpContext());

        var measured = Assert.Single(refused.ReadCounted());
        Assert.Equal((1, "DELETE", $"{status}"), (measured.Value, measured.Tags["method"], measured.Tags["status"]));
        Assert.Equal(lines, logger.Collector.GetSnapshot().Count(line => line.Message.Contains(Administrator.ToString(), StringComparison.Ordinal)));
    }

    // With the tests' settings it would retry for a minute.
    private static void Impatient(NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies));

    private static DefaultHttpContext NewCall(string method)
    {
        var context = new DefaultHttpContext
        {
            User = CallerPrincipal.Person(new(Administrator, false, null, null, null, []), isAdministrator: false, sessionId: null, issuedAt: null),
        };
        context.Request.Method = method;
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new AuthorizeAttribute(Caller.AdminPolicy)), "/api/admin/test"));
        return context;
    }

    private static async Task<AuditEntry> ReadAsync(TestDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.AuditEntries.AsNoTracking().SingleAsync(CancellationToken);
    }
}
