using System.Security.Cryptography;
using System.Text.Json;

namespace MemoryCluster.Gateway.Tests.Contract;

public sealed class ContractJsonTests
{
    [Fact]
    public void ARequest_ComesBackAsItWent()
    {
        var request = new RememberRequest
        {
            Team = "t",
            Agent = "a",
            Text = "é",
            Kind = MemoryKind.Lesson,
            Visibility = Visibility.Shared,
            Metadata = new RawJson("""{"n":1.50}"""),
            OccurredAt = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)),
            Source = new SourceBody { Turn = RawJson.Of(7) },
        };

        var json = JsonSerializer.Serialize(request, ContractJson.Strict.RememberRequest);

        Assert.Equal(
            """{"team":"t","agent":"a","text":"é","kind":"lesson","visibility":"shared","metadata":{"n":1.50},"occurredAt":"2024-05-01T12:00:00+02:00","source":{"turn":7}}""",
            json);
        Assert.Equal(request, JsonSerializer.Deserialize(json, ContractJson.Strict.RememberRequest));
    }

    [Fact]
    public void ATolerantReader_PassesOverWhatIsNew()
    {
        const string Json = """{"status":"live","since":"later"}""";

        Assert.Equal("live", JsonSerializer.Deserialize(Json, ContractJson.Tolerant.HealthResponse)!.Status);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(Json, ContractJson.Strict.HealthResponse));
    }

    [Fact]
    public void AKey_IsReadAsItWasMade()
    {
        using var random = RandomNumberGenerator.Create();
        var key = KeyText.New(new TenantId("acme-2"), random);

        Assert.True(KeyText.TryParse(key.ToString(), out var read));
        Assert.Equal(key, read);
        Assert.Equal(64, key.SecretHash.Length);
        Assert.False(KeyText.TryParse(key.ToString().AsSpan()[..^1], out _));
        Assert.False(KeyText.TryParse(key.ToString().Replace("acme", "ACME", StringComparison.Ordinal), out _));
        Assert.False(KeyText.TryParse("", out _));
    }
}
