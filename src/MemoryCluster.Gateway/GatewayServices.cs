using System.Security.Cryptography;
using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Metrics;
using MemoryCluster.Gateway.Paging;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Gateway;

/// <summary>What every route needs, resolved once: nothing is looked up per request.</summary>
internal sealed class GatewayServices(
    IGrainFactory grains,
    EmbedderCatalog embedders,
    AddressRule addresses,
    TimeProvider clock,
    RandomNumberGenerator random,
    Authenticator authenticator,
    TeamNumbers teamNumbers,
    CursorSigner cursors,
    BodyBudget bodies,
    GatewayInstruments instruments,
    ILogger<GatewayServices> logger)
{
    public IGrainFactory Grains { get; } = grains;

    public EmbedderCatalog Embedders { get; } = embedders;

    /// <summary>Which addresses may be registered to be called.</summary>
    public AddressRule Addresses { get; } = addresses;

    public TimeProvider Clock { get; } = clock;

    public RandomNumberGenerator Random { get; } = random;

    public Authenticator Authenticator { get; } = authenticator;

    public TeamNumbers TeamNumbers { get; } = teamNumbers;

    public CursorSigner Cursors { get; } = cursors;

    public BodyBudget Bodies { get; } = bodies;

    public GatewayInstruments Instruments { get; } = instruments;

    public ILogger Logger { get; } = logger;
}
