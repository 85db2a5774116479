using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class IdempotencyTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly (string, string) Key = ("Idempotency-Key", "once");
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task TheSameRequest_HasOneEffectAndOneAnswer()
    {
        await _gateway.PutTeamAsync("idem", "ada");
        const string Json = """{"team":"idem","agent":"ada","text":"Said once.","kind":"event"}""";

        var first = await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json, Key);
        var again = await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json, Key);

        Assert.Equal((201, first.Text), (again.Status, again.Text));
        Assert.Equal(1, (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/idem")).Memories);
        (await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json.Replace("once", "twice", StringComparison.Ordinal), Key))
            .Refused(422, "idempotency_mismatch");
    }

    [Fact]
    public async Task AnotherPrincipal_WithTheSameKey_IsAnotherRequest()
    {
        await _gateway.PutTeamAsync("idem-other", "ada");
        const string Json = """{"team":"idem-other","agent":"ada","text":"Two who say the same.","kind":"event"}""";
        var other = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Write));

        var mine = (await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json, Key)).As<RememberResponse>();
        var theirs = (await other.SendAsync("POST", "/api/v1/memories", Json, Key)).As<RememberResponse>();

        Assert.NotEqual(mine.Seq, theirs.Seq);
    }

    [Fact]
    public async Task ABatch_IsRepeatedItemByItem()
    {
        await _gateway.PutTeamAsync("idem-batch", "ada");
        const string Json = """{"items":[{"team":"idem-batch","agent":"ada","text":"First event.","kind":"event"},{"team":"idem-batch","agent":"ada","text":"Second event.","kind":"event"}]}""";

        var first = await _gateway.Admin.SendAsync("POST", "/api/v1/memories/batch", Json, Key);
        var again = await _gateway.Admin.SendAsync("POST", "/api/v1/memories/batch", Json, Key);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(2, (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/idem-batch")).Memories);
    }

    [Fact]
    public async Task Patch_Delete_AndForget_AreRepeatedToo()
    {
        await _gateway.PutTeamAsync("idem-change", "ada");
        var path = $"/api/v1/memories/{(await _gateway.Admin.RememberAsync("idem-change", "ada", "Before the change.")).Id}";
        var ifMatch = ("If-Match", "\"1\"");

        var patched = await _gateway.Admin.SendAsync("PATCH", path, """{"text":"After the change."}""", ifMatch, Key);
        var patchedAgain = await _gateway.Admin.SendAsync("PATCH", path, """{"text":"After the change."}""", ifMatch, Key);
        var deleted = await _gateway.Admin.SendAsync("DELETE", path, null, Key);
        var deletedAgain = await _gateway.Admin.SendAsync("DELETE", path, null, Key);
        var forgotten = await _gateway.Admin.SendAsync("POST", "/api/v1/forget", """{"team":"idem-change","agent":"ada"}""", Key);
        var forgottenAgain = await _gateway.Admin.SendAsync("POST", "/api/v1/forget", """{"team":"idem-change","agent":"ada"}""", Key);

        Assert.Equal((200, patched.Text), (patchedAgain.Status, patchedAgain.Text));
        Assert.Equal((200, deleted.Text), (deletedAgain.Status, deletedAgain.Text));
        Assert.Equal((200, forgotten.Text), (forgottenAgain.Status, forgottenAgain.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task AWrongKey_Is400(string key) => (await _gateway.Admin.SendAsync(
        "POST", "/api/v1/memories", """{"team":"t","agent":"a","text":"x"}""", ("Idempotency-Key", key))).Refused(400, "idempotency_key_invalid");
}
