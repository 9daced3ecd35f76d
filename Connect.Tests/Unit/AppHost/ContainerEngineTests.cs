using Connect.AppHost.Servers;
using Microsoft.Extensions.Configuration;

namespace Connect.Tests.Unit.AppHost;

/// <summary>Decides with clients of the test's own, which stand for engines that answer and engines that do not.</summary>
public sealed class ContainerEngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connect-test-").FullName;

    [Fact]
    public void Programs_are_used_when_there_is_no_client() => Assert.False(ContainerEngine.Answers(runtime: null, _folder));

    [Fact]
    public void Client_without_an_engine_is_none()
    {
        AddClient("docker", exitCode: 1);

        Assert.False(ContainerEngine.Answers(runtime: null, _folder));
    }

    [Fact]
    public void Engine_that_answers_is_used()
    {
        AddClient("docker", exitCode: 1);
        AddClient("podman", exitCode: 0);

        Assert.True(ContainerEngine.Answers(runtime: null, _folder));
        Assert.False(ContainerEngine.Answers("docker", _folder));
    }

    [Theory]
    [InlineData("containers", true)]
    [InlineData("Programs", false)]
    public void Setting_decides_whatever_the_machine_has(string value, bool expected) =>
        Assert.Equal(expected, ContainerEngine.IsWanted(new ConfigurationBuilder().AddInMemoryCollection([new(ContainerEngine.Setting, value)]).Build()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AddClient(string name, int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The clients of this test are shell scripts.");
            return;
        }

        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, $"#!/bin/sh\nexit {exitCode}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
