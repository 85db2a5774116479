using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Every input to refuse that the contract can receive: exact status and code, nothing changed, nothing repeated, still well.</summary>
public sealed class HostileInputTests(HostileInputTests.Fixture fixture) : IClassFixture<HostileInputTests.Fixture>
{
    private static readonly Dictionary<string, HostileInput> Inputs = new HostileInput[][]
    {
        [.. TransportInputs.All], [.. JsonInputs.All], [.. TextInputs.All], [.. QueryInputs.All], [.. PrincipalInputs.All],
    }.SelectMany(inputs => inputs).ToDictionary(input => input.Name);

    private readonly RunningGateway _gateway = fixture.Gateway;

    public static TheoryData<string> Names => [.. Inputs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task IsRefused(string name)
    {
        var input = Inputs[name];
        var before = await _gateway.DigestAsync();

        var answer = await RawHttp.SendAsync(_gateway.Address, input.ToBytes(_gateway.AdminKey), input.EndSending);

        Assert.True((answer.Status, answer.Code) == (input.Status, input.Code), $"{answer.Status} {answer.Code} instead of {input.Status} {input.Code}: {answer.Body}");
        Assert.DoesNotContain(HostileInput.Marker, answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, await _gateway.DigestAsync());
        Assert.Equal(200, (await _gateway.Admin.SendAsync("GET", "/api/v1/teams/t")).Status);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public RunningGateway Gateway { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Gateway = await RunningGateway.StartAsync();
            await Gateway.PutTeamAsync("t", "a");
            await Gateway.Admin.RememberAsync("t", "a", "Something that must stay as it is.");
        }

        public async Task DisposeAsync() => await Gateway.DisposeAsync();
    }
}
