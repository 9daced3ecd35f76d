using Connect.AppHost;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

var adminEmail = builder.AddParameter("admin-email");
var adminPassword = builder.AddParameter("admin-password", secret: true);

var postgres = builder.AddPostgres("postgres");
if (builder.Configuration.GetValue("UseVolumes", true))
{
    postgres.WithDataVolume();
}

var database = postgres.AddDatabase("connectdb");

// The cache is disposable: no volume, and under pressure it drops what was used longest ago.
var cache = builder.AddRedis("cache")
    .WithArgs("--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru");

var worker = builder.AddProject<Projects.Connect_ScraperWorker>("scraper-worker")
    .WithReference(database)
    .WithReference(cache)
    .WaitFor(database)
    .WaitFor(cache)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Scraper");

if (builder.ExecutionContext.IsRunMode)
{
    var simulator = builder.AddProject<Projects.Connect_AgencySimulator>("agency-simulator")
        .WithHttpHealthCheck("/health")
        .WithUrlForEndpoint("http", url => url.DisplayText = "Agency boards");

    worker.WithReference(simulator).WaitFor(simulator);
}

// The worker owns the migrations, so the API starts after it.
var api = builder.AddProject<Projects.Connect_Api>("api")
    .WithReplicas(2)
    .WithReference(database)
    .WithReference(cache)
    .WithEnvironment("Admin__Email", adminEmail)
    .WithEnvironment("Admin__Password", adminPassword)
    .WaitFor(database)
    .WaitFor(cache)
    .WaitFor(worker)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithPage("/scalar", "API reference")
    .WithPage("/ops", "Operations page")
    .WithPage("/metrics", "Metrics")
    .WithAdminCommands(adminEmail, adminPassword);

builder.AddObservability(api);

builder.Build().Run();
