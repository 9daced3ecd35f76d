using Connect.Api.Audit;
using Connect.Api.CacheAdministration;
using Connect.Api.Edge;
using Connect.Api.Explanations;
using Connect.Api.Http;
using Connect.Api.Identity;
using Connect.Api.Matches;
using Connect.Api.Monitoring;
using Connect.Api.OpenApi;
using Connect.Api.Operations;
using Connect.Api.Organizations;
using Connect.Api.Programs;
using Connect.Api.RateLimits;
using Connect.Api.Scrapes;
using Connect.Core.Caching.Nodes;
using Connect.Core.Data;
using Connect.Core.Diagnostics;
using Connect.ServiceDefaults;
using Connect.ServiceDefaults.Telemetry;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddConnectStores<ConnectDbContext>(options =>
{
    ConnectDbContext.Configure(options);
    options.AddInterceptors(QueryCounter.Instance);
});
builder.Services.AddConnectCore();
builder.Services.AddCacheNode("api", MetricsAddress.Of);
builder.AddExplanationModel();
builder.AddEdge();
builder.AddConnectIdentity();
builder.Services.AddRateLimiting();
builder.Services.AddOrganizations();
builder.Services.AddMatches();
builder.Services.AddConnectHttp();
builder.Services.AddAudit();
builder.Services.AddConnectDocument();
builder.AddOperations();
builder.Services.AddHealthChecks().AddCheck<CacheHealthCheck>("cache");

var app = builder.Build();

app.UseHeadRequests();
app.UseRouting();
app.UseEdge();
app.UseNoStore();
app.UseAuditOutcomes();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseRequestTracing();
app.UseConfiguredCors();
app.UseRequestTimeouts();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.UseBodyLimit();
app.UseUtf8Bodies();
app.UseAudit();
app.UseOperations();

app.MapDefaultEndpoints();
app.MapConnectDocument();
app.MapConnectIdentity();
app.MapOrganizations();
app.MapPrograms();
app.MapMatches();
app.MapStoredMatches();
app.MapExplanations();
app.MapScrapes();
app.MapCacheAdministration();
app.MapAudit();
app.MapMonitoring();
app.MapOperations();
app.CheckAccess();
app.Run();
