using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.AgencySimulator.Boards;
using Connect.AgencySimulator.Control;
using Connect.ServiceDefaults;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.TryAddSingleton(TimeProvider.System);
builder.Services.AddOptionsWithValidateOnStart<SimulatorOptions, SimulatorOptionsValidator>().BindConfiguration(SimulatorOptions.SectionName);
builder.Services.AddSingleton<BoardStore>();
builder.Services.AddSingleton<Faults>();
builder.Services.AddSingleton<RequestCounts>();
builder.Services.AddProblemDetails();

// What was flushed has been sent, so that a page that is cut off arrives as far as it was written.
builder.Services.Configure<SocketTransportOptions>(static sockets => sockets.MaxWriteBufferSize = 1);

// A body that is no JSON is the caller's mistake in every environment.
builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseSessionPath();
app.UseRouting();
app.MapDefaultEndpoints();
app.MapBoards();
app.MapControl();

// The boards are there when the simulator has started, not when somebody first looks at them.
_ = app.Services.GetRequiredService<BoardStore>();
app.Run();
