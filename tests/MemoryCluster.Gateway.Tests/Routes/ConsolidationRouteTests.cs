using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class ConsolidationRouteTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Text = "The deploy key rotates on Mondays.";

    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Consolidate_TellsWhatItMerged_AndUndoGivesItBack()
    {
        await _gateway.PutTeamAsync("folding", "ada", "ben");
        var first = await _gateway.Admin.RememberAsync("folding", "ada", Text);
        var second = await _gateway.Admin.RememberAsync("folding", "ben", Text);

        var report = (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/folding/consolidate")).As<ConsolidateResponse>();

        var step = Assert.Single(report.Merged);
        Assert.Equal(("folding", 2, 0), (report.Team, report.Examined, report.Remaining));
        Assert.Equal((ConsolidationReason.SameStatement, first.Id, second.Id), (step.Reason, step.By, Assert.Single(step.Memories)));
        var merged = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{second.Id}");
        Assert.Equal((MemoryState.Merged, first.Id, step.Id), (merged.State, merged.MergedInto, merged.Consolidation!.Id));
        var standing = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{first.Id}");
        Assert.Equal((1L, second.Id), (standing.Confirmations, Assert.Single(standing.Links.Merged!)));
        Assert.Equal((LineageRelation.MergedInto, first.Id), Only((await LineageOf(second.Id)).Became));
        Assert.Equal((LineageRelation.Merged, second.Id), Only((await LineageOf(first.Id)).From));
        Assert.Equal(1, (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/folding")).Merged);
        Assert.Single((await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=folding")).Items);
        Assert.Equal(second.Id, Assert.Single((await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=folding&state=merged")).Items).Id);

        var undone = await _gateway.Admin.SendAsync("POST", $"/api/v1/controller/teams/folding/consolidations/{step.Id}/undo");

        Assert.Equal(second.Id, Assert.Single(undone.As<ConsolidationStepBody>().Memories));
        Assert.Null((await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{second.Id}")).MergedInto);
        (await _gateway.Admin.SendAsync("POST", $"/api/v1/controller/teams/folding/consolidations/{step.Id}/undo")).Refused(404, "consolidation_not_found");
        Assert.Empty((await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/folding/consolidate")).As<ConsolidateResponse>().Merged);
    }

    private Task<LineageResponse> LineageOf(string id) => _gateway.Admin.GetAsync<LineageResponse>($"/api/v1/memories/{id}/lineage");

    private static (LineageRelation Relation, string Id) Only(IReadOnlyList<LineageBody> links) =>
        Assert.Single(links) is var only ? (only.Relation, only.Id) : default;

    [Fact]
    public async Task Consolidate_SumsUpAdvice_AsFarAsThePolicyWants()
    {
        await _gateway.PutTeamAsync("advising", "ada", "ben");
        const string Lesson = """ "kind":"lesson" """;
        var first = await _gateway.Admin.RememberAsync("advising", "ada", "Read every page of the report with the page tokens and count.", Lesson);
        var second = await _gateway.Admin.RememberAsync("advising", "ben", "Read every page of the report with the page tokens and wait.", Lesson);
        var policy = await _gateway.Admin.SendAsync(
            "PUT", "/api/v1/controller/teams/advising/policy", """{"consolidation":{"familySimilarity":1}}""");
        Assert.Equal((1.0, 6), (policy.As<ControllerTeamResponse>().Consolidation!.FamilySimilarity, policy.As<ControllerTeamResponse>().Consolidation!.FamilyMax));
        Assert.Empty((await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/advising/consolidate")).As<ConsolidateResponse>().Abstracted);

        await _gateway.Admin.SendAsync("PUT", "/api/v1/controller/teams/advising/policy", """{"consolidation":{"familySimilarity":0.5}}""");
        await _gateway.Admin.RememberAsync("advising", "ada", "Read every page of the report with the page tokens and retry.", Lesson);
        var report = (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/advising/consolidate")).As<ConsolidateResponse>();

        var insight = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{report.Abstracted[^1].By}");
        Assert.Equal((MemoryKind.Insight, "abstracted", SummaryOrigin.Extracted), (insight.Kind, insight.Reason, insight.Summary!.Origin));
        Assert.Equal(["ada", "ben"], insight.Provenance.Agents.Order(StringComparer.Ordinal));
        Assert.Contains(first.Id, insight.Links.DerivedFrom);
        Assert.Contains(second.Id, insight.Links.DerivedFrom);
        Assert.Equal((LineageRelation.MergedInto, insight.Id), Only((await LineageOf(first.Id)).Became));
        var sources = (await LineageOf(insight.Id)).From;
        Assert.All(sources, source => Assert.Equal(LineageRelation.DerivedFrom, source.Relation));
        Assert.Superset(new HashSet<string> { first.Id, second.Id }, sources.Select(source => source.Id).ToHashSet());
        Assert.Equal(insight.Id, (await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{first.Id}")).MergedInto);
    }

    [Fact]
    public async Task Consolidate_EndsWhatALaterFactContradicts_AndAsOfFindsIt()
    {
        await _gateway.PutTeamAsync("moving-house", "ada");
        var paris = await _gateway.Admin.RememberAsync("moving-house", "ada", "Alice lives in Paris", """ "validFrom":"2020-01-01T00:00:00Z" """);
        var rome = await _gateway.Admin.RememberAsync("moving-house", "ada", "Alice lives in Rome", """ "validFrom":"2023-06-01T00:00:00Z" """);

        var report = (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/moving-house/consolidate")).As<ConsolidateResponse>();

        Assert.Equal((rome.Id, paris.Id), (Assert.Single(report.Superseded).By, Assert.Single(report.Superseded[0].Memories)));
        Assert.Equal(rome.Id, (await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{paris.Id}")).SupersededBy);
        Assert.Equal(rome.Id, await FoundAsync(""));
        Assert.Equal(paris.Id, await FoundAsync(""" ,"asOf":"2022-01-01T00:00:00Z" """));
    }

    private async Task<string> FoundAsync(string more)
    {
        var recall = await _gateway.Admin.SendAsync(
            "POST", "/api/v1/recall", $$"""{"team":"moving-house","agent":"ada","query":"Where does Alice live?"{{more}}}""");
        return Assert.Single(recall.As<RecallResponse>().Hits).Id;
    }

    [Fact]
    public async Task Consolidations_AreListedWithWhatWasUndone_PageByPage()
    {
        await _gateway.PutTeamAsync("listing", "ada", "ben");
        for (var i = 0; i < 3; i++)
        {
            foreach (var agent in new[] { "ada", "ben" })
            {
                await _gateway.Admin.RememberAsync("listing", agent, $"Door {i} of the depot is closed at night.");
            }
        }

        var made = (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/listing/consolidate")).As<ConsolidateResponse>().Merged;
        await _gateway.Admin.SendAsync("POST", $"/api/v1/controller/teams/listing/consolidations/{made[1].Id}/undo");

        const string List = "/api/v1/controller/consolidations?team=listing&limit=2";
        var first = await _gateway.Admin.GetAsync<ConsolidationListResponse>(List);
        var second = await _gateway.Admin.GetAsync<ConsolidationListResponse>($"{List}&cursor={first.NextCursor}");

        var all = first.Items.Concat(second.Items).ToArray();
        Assert.Equal((2, null), (first.Items.Count, second.NextCursor));
        Assert.Equal(made.Select(step => step.Id).Order(StringComparer.Ordinal), all.Select(entry => entry.Id).Order(StringComparer.Ordinal));
        Assert.All(all, entry => Assert.Equal((ConsolidationReason.SameStatement, 1), (entry.Reason, entry.Memories.Count)));
        var undone = Assert.Single(all, entry => entry.End is not null);
        Assert.Equal((made[1].Id, ConsolidationEnd.Undone), (undone.Id, undone.End));
        Assert.True(undone.EndedAt >= undone.At);
        Assert.True(all.Zip(all.Skip(1)).All(pair => pair.First.At >= pair.Second.At));
        (await _gateway.Admin.SendAsync("GET", "/api/v1/controller/consolidations?team=folding&cursor=" + first.NextCursor)).Refused(400, "cursor_invalid");
    }

    [Fact]
    public async Task Consolidations_OfAnAbsentTeam_Are404() =>
        (await _gateway.Admin.SendAsync("GET", "/api/v1/controller/consolidations?team=nowhere")).Refused(404, "team_not_found");

    [Fact]
    public async Task Consolidate_OfAnAbsentTeam_Is404() =>
        (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/nowhere/consolidate")).Refused(404, "team_not_found");

    [Fact]
    public async Task Undo_OfWhatIsNoId_Is400()
    {
        await _gateway.PutTeamAsync("unfolding");
        (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/unfolding/consolidations/x/undo")).Refused(400, "id_invalid");
    }

    [Fact]
    public async Task Consolidate_WithoutTheAdminScope_Is403()
    {
        await _gateway.PutTeamAsync("guarded");
        var writer = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read | KeyScopes.Write));

        (await writer.SendAsync("POST", "/api/v1/controller/teams/guarded/consolidate")).Refused(403, "scope_missing");
    }
}
