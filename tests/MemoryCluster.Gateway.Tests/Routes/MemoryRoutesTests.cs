using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class MemoryRoutesTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Remember_Is201WhenStored_And200WhenMerged()
    {
        await _gateway.PutTeamAsync("writes", "ada");
        const string Json = """{"team":"writes","agent":"ada","text":"Basalt is a volcanic rock."}""";

        var first = await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json);
        var second = await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json);

        Assert.Equal((201, 200), (first.Status, second.Status));
        Assert.Equal(Decision.Admitted, first.As<RememberResponse>().Decision);
        Assert.Equal(Decision.Merged, second.As<RememberResponse>().Decision);
        Assert.Equal(first.As<RememberResponse>().Id, second.As<RememberResponse>().MergedInto);
        Assert.DoesNotContain("mergedInto", first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ShowsWhatWasGiven_AsItWasGiven()
    {
        await _gateway.PutTeamAsync("shown", "ada");
        const string More = """
            "user":"eve","run":"r-1","kind":"lesson","visibility":"private","tags":["x","y"],"metadata":{"b": 1.50,"a":[null,"é"]},
            "resources":["wiki"],"occurredAt":"2023-05-01T10:00:00+02:00","validFrom":"2023-01-01T00:00:00Z","validTo":"2030-01-01T00:00:00Z",
            "source":{"session":"s-9","turn":17,"uri":"chat://s-9"}
            """;
        var id = (await _gateway.Admin.RememberAsync("shown", "ada", "Check the seal twice.", More)).Id;

        var answer = await _gateway.Admin.SendAsync("GET", $"/api/v1/memories/{id}");
        var memory = answer.As<MemoryResponse>();

        Assert.Equal("\"1\"", answer.ETag);
        Assert.Contains("""metadata":{"b": 1.50,"a":[null,"é"]}""", answer.Text, StringComparison.Ordinal);
        Assert.Contains("""turn":17,""", answer.Text, StringComparison.Ordinal);
        Assert.Equal(("shown", "ada", "eve", "Check the seal twice."), (memory.Team, memory.Agent, memory.User, memory.Text));
        Assert.Equal((MemoryKind.Lesson, Visibility.Private, MemoryState.Active), (memory.Kind, memory.Visibility, memory.State));
        Assert.Equal(["x", "y"], memory.Tags);
        Assert.Equal(new DateTimeOffset(2023, 5, 1, 10, 0, 0, TimeSpan.FromHours(2)), memory.OccurredAt);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), memory.Validity.ValidTo);
        Assert.Equal(("eve", "r-1"), (memory.Provenance.User, memory.Provenance.Run));
        Assert.Equal(["wiki"], memory.Provenance.Resources);
        Assert.Equal((1.0, 0L, 1), (memory.Weight, memory.Uses, memory.Version));
    }

    [Fact]
    public async Task Get_OfAnAbsentAndOfAForbiddenMemory_IsTheSame404()
    {
        await _gateway.PutTeamAsync("hidden", "ada", "ben");
        var id = (await _gateway.Admin.RememberAsync("hidden", "ada", "Eve's own secret plan.", "\"user\":\"eve\",\"visibility\":\"private\"")).Id;
        var ben = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read, team: "hidden", agent: "ben", user: "bob"));
        var absent = id[..^12] + "0" + id[^11..];

        var forbidden = (await ben.SendAsync("GET", $"/api/v1/memories/{id}")).Refused(404, "memory_not_found");
        var missing = (await ben.SendAsync("GET", $"/api/v1/memories/{absent}")).Refused(404, "memory_not_found");

        Assert.Equal(missing with { Detail = "" }, forbidden with { Detail = "" });
        Assert.Equal(missing.Detail.Replace(absent, id, StringComparison.Ordinal), forbidden.Detail);
    }

    [Fact]
    public async Task Patch_NeedsTheCurrentVersion_AndKeepsHistory()
    {
        await _gateway.PutTeamAsync("patched", "ada");
        var path = $"/api/v1/memories/{(await _gateway.Admin.RememberAsync("patched", "ada", "The gate opens at nine.")).Id}";
        const string Change = """{"text":"The gate opens at ten.","tags":["gate"]}""";

        (await _gateway.Admin.SendAsync("PATCH", path, Change)).Refused(428, "version_required");
        (await _gateway.Admin.SendAsync("PATCH", path, Change, ("If-Match", "\"7\""))).Refused(412, "stale_version");
        var changed = await _gateway.Admin.SendAsync("PATCH", path, Change, ("If-Match", "\"1\""));
        (await _gateway.Admin.SendAsync("PATCH", path, Change, ("If-Match", "\"1\""))).Refused(412, "stale_version");

        Assert.Equal((200, "\"2\"", "The gate opens at ten."), (changed.Status, changed.ETag, changed.As<MemoryResponse>().Text));
        var history = await _gateway.Admin.GetAsync<MemoryHistoryResponse>(path + "/history");
        Assert.Equal(["The gate opens at nine.", "The gate opens at ten."], history.Versions.Select(version => version.Text));
        Assert.Equal([1, 2], history.Versions.Select(version => version.Version));
    }

    [Fact]
    public async Task Delete_IsForGood_AndSaysWhatWent()
    {
        await _gateway.PutTeamAsync("deleted", "ada");
        var id = (await _gateway.Admin.RememberAsync("deleted", "ada", "Forget this line.")).Id;

        var answer = await _gateway.Admin.SendAsync("DELETE", $"/api/v1/memories/{id}?cascade=derived");

        Assert.Equal([id], answer.As<DeleteMemoryResponse>().Deleted);
        Assert.Equal(2, answer.As<DeleteMemoryResponse>().Receipt.Seq);
        (await _gateway.Admin.SendAsync("GET", $"/api/v1/memories/{id}")).Refused(404, "memory_not_found");
        (await _gateway.Admin.SendAsync("GET", $"/api/v1/memories/{id}/history")).Refused(404, "memory_not_found");
        (await _gateway.Admin.SendAsync("PATCH", $"/api/v1/memories/{id}", """{"text":"back"}""", ("If-Match", "\"1\""))).Refused(404, "memory_not_found");
        (await _gateway.Admin.SendAsync("DELETE", $"/api/v1/memories/{id}")).Refused(404, "memory_not_found");
    }

    [Fact]
    public async Task List_PagesNewestFirst_WithACursorThatFitsItsQueryOnly()
    {
        await _gateway.PutTeamAsync("pages", "ada", "ben");
        string[] texts = ["Copper conducts heat.", "Salt dissolves quickly.", "Owls hunt by night.", "Steel rusts slowly.", "Rivers carve valleys."];
        foreach (var text in texts)
        {
            await _gateway.Admin.RememberAsync("pages", "ada", text);
            _gateway.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=pages&limit=2" + cursor);
            seen.AddRange(page.Items.Select(memory => memory.Text));
            cursor = page.NextCursor is null ? "" : $"&cursor={page.NextCursor}";
            if (page.NextCursor is { } next)
            {
                (await _gateway.Admin.SendAsync("GET", $"/api/v1/memories?team=pages&agent=ada&limit=2&cursor={next}")).Refused(400, "cursor_invalid");
            }
        }
        while (cursor.Length > 0);

        Assert.Equal(texts.Reverse(), seen);
    }

    [Fact]
    public async Task List_Filters()
    {
        await _gateway.PutTeamAsync("filtered", "ada", "ben");
        await _gateway.Admin.RememberAsync("filtered", "ada", "Tin melts early.", "\"tags\":[\"metal\"]");
        await _gateway.Admin.RememberAsync("filtered", "ben", "The pump was started.", "\"kind\":\"event\"");

        async Task<IEnumerable<string>> Texts(string filter) =>
            (await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=filtered&" + filter)).Items.Select(memory => memory.Text);

        Assert.Equal(["Tin melts early."], await Texts("tag=metal"));
        Assert.Equal(["The pump was started."], await Texts("agent=ben"));
        Assert.Equal(["The pump was started."], await Texts("kind=event"));
        Assert.Empty(await Texts("user=nobody"));
    }

    [Fact]
    public async Task ABoundKey_FillsInWhatTheBodyLeavesOut_AndRefusesContradictions()
    {
        await _gateway.PutTeamAsync("mine", "ada", "ben");
        var ada = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read | KeyScopes.Write, team: "mine", agent: "ada"));

        var stored = await ada.SendAsync("POST", "/api/v1/memories", """{"text":"Bound keys know who they are."}""");

        Assert.Equal(201, stored.Status);
        (await ada.SendAsync("POST", "/api/v1/memories", """{"text":"x","agent":"ben"}""")).Refused(403, "principal_mismatch");
        (await ada.SendAsync("POST", "/api/v1/memories", """{"text":"x","team":"other"}""")).Refused(403, "principal_mismatch");
        (await ada.SendAsync("POST", "/api/v1/recall", """{"query":"x","agent":"ben"}""")).Refused(403, "principal_mismatch");
        Assert.Equal("ada", (await ada.GetAsync<MemoryListResponse>("/api/v1/memories")).Items.Single().Agent);
    }

    [Fact]
    public async Task AnEmbedding_NeedsTheAdminScope_AndTheModelsDimension()
    {
        await _gateway.PutTeamAsync("vectors", "ada");
        var plain = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Write));
        var vector = string.Join(',', Enumerable.Repeat("0.05", 384));

        string Json(string values) => $$"""{"team":"vectors","agent":"ada","text":"A point in space.","embedding":[{{values}}]}""";

        (await plain.SendAsync("POST", "/api/v1/memories", Json(vector))).Refused(403, "embedding_not_allowed");
        (await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json("1,0"))).Refused(400, "embedding_invalid");
        Assert.Equal(201, (await _gateway.Admin.SendAsync("POST", "/api/v1/memories", Json(vector))).Status);
    }

    [Fact]
    public async Task Forget_DeletesWhatMatches_InOneTeamOrInAll()
    {
        await _gateway.PutTeamAsync("forget-a", "ada");
        await _gateway.PutTeamAsync("forget-b", "ada");
        await _gateway.Admin.RememberAsync("forget-a", "ada", "Kept by nobody.", "\"user\":\"gone\"");
        await _gateway.Admin.RememberAsync("forget-b", "ada", "Also about the one who left.", "\"user\":\"gone\"");
        await _gateway.Admin.RememberAsync("forget-b", "ada", "About somebody who stays.", "\"user\":\"stays\"");
        var writer = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Write));

        (await writer.SendAsync("POST", "/api/v1/forget", """{"user":"gone"}""")).Refused(403, "scope_missing");
        var one = (await writer.SendAsync("POST", "/api/v1/forget", """{"team":"forget-a","user":"gone"}""")).As<ForgetResponse>();
        var all = (await _gateway.Admin.SendAsync("POST", "/api/v1/forget", """{"user":"gone"}""")).As<ForgetResponse>();

        Assert.Equal((1, 0), (one.Deleted, one.Derived));
        Assert.Equal(1, all.Deleted);
        Assert.Equal(3, all.Receipt.Teams!["forget-b"]);
        Assert.Equal("About somebody who stays.", (await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=forget-b")).Items.Single().Text);
    }
}
