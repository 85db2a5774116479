using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class DiffusionRouteTests
{
    [Fact]
    public async Task Diffuse_AnswersWithWhatChanged_AndBothTeamsSeeTheOffer()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.PutTeamAsync("givers", "ada");
        await gateway.PutTeamAsync("takers", "bob");
        await gateway.Admin.SendAsync("PUT", "/api/v1/controller/teams/givers/policy", """{"diffusion":{"usesMin":0,"weightMin":1}}""");
        var written = await gateway.Admin.RememberAsync("givers", "ada", "Ask Mia Li before you cancel the booking.", "\"kind\":\"lesson\",\"visibility\":\"shared\"");

        var changed = (await gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/givers/diffuse")).As<DiffusionListResponse>();
        var given = await gateway.Admin.GetAsync<DiffusionListResponse>("/api/v1/controller/diffusions?team=givers");
        var received = await gateway.Admin.GetAsync<DiffusionListResponse>("/api/v1/controller/diffusions?team=takers&limit=5");

        var offer = Assert.Single(changed.Items);
        Assert.Equal(("givers", "takers", DiffusionStatus.Offered, written.Id), (offer.From, offer.To, offer.Status, offer.Source));
        Assert.Equal("Ask <NAME> before you cancel the booking.", Assert.Single(given.Items).GeneralForm);
        Assert.Equal((offer.Copy, "givers", "takers"), Assert.Single(received.Items) is var seen ? (seen.Copy, seen.From, seen.To) : default);
        var copy = await gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{offer.Copy}");
        Assert.Equal((MemoryState.Candidate, written.Id, "givers"), (copy.State, copy.Diffused!.Source, copy.Diffused.Team));
        Assert.Equal([written.Id], copy.Links.DerivedFrom);
        var lineage = await gateway.Admin.GetAsync<LineageResponse>($"/api/v1/memories/{written.Id}/lineage");
        Assert.Empty(lineage.From);
        var became = Assert.Single(lineage.Became);
        Assert.Equal((LineageRelation.Copy, offer.Copy, "takers"), (became.Relation, became.Id, became.Team));
        var back = await gateway.Admin.GetAsync<LineageResponse>($"/api/v1/memories/{offer.Copy}/lineage");
        Assert.Equal((LineageRelation.CopyOf, written.Id), Assert.Single(back.From) is var from ? (from.Relation, from.Id) : default);
        Assert.Empty(back.Became);
        // a copy is its new team's alone: the one that gave it is not told where it went, and the taker sees whence it came, for that is shared
        var taker = gateway.Client(await gateway.KeyAsync(KeyScopes.Read, team: "takers"));
        Assert.Equal(written.Id, Assert.Single((await taker.GetAsync<LineageResponse>($"/api/v1/memories/{offer.Copy}/lineage")).From).Id);
        var giver = gateway.Client(await gateway.KeyAsync(KeyScopes.Read, team: "givers"));
        Assert.Empty((await giver.GetAsync<LineageResponse>($"/api/v1/memories/{written.Id}/lineage")).Became);
        (await giver.SendAsync("GET", $"/api/v1/memories/{offer.Copy}/lineage")).Refused(404, "memory_not_found");

        await gateway.Admin.SendAsync("DELETE", $"/api/v1/memories/{written.Id}");
        (await gateway.Admin.SendAsync("GET", $"/api/v1/memories/{offer.Copy}")).Refused(404, "memory_not_found");
    }

    [Fact]
    public async Task TeamsThatAreNotThere_AreNotFound_AndWritersMayNotDiffuse()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.PutTeamAsync("givers", "ada");
        var writer = gateway.Client(await gateway.KeyAsync(KeyScopes.Write));

        (await gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/nowhere/diffuse")).Refused(404, "team_not_found");
        (await gateway.Admin.SendAsync("GET", "/api/v1/controller/diffusions?team=nowhere")).Refused(404, "team_not_found");
        (await gateway.Admin.SendAsync("GET", "/api/v1/controller/diffusions?team=givers&limit=0")).Refused(400, "value_out_of_range");
        (await writer.SendAsync("POST", "/api/v1/controller/teams/givers/diffuse")).Refused(403, "scope_missing");
    }
}
