using System.Collections.Concurrent;
using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Access;

/// <summary>Turns a key into a principal. An accepted key is believed for half a second, so that a revocation is in force within one.</summary>
internal sealed class Authenticator
{
    private const string Bearer = "Bearer ";

    private readonly ConcurrentDictionary<string, Accepted> _accepted = new(StringComparer.Ordinal);
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly GatewayOptions _options;
    private readonly HashSet<string> _tenants;
    private readonly Principal? _everybody;

    public Authenticator(IGrainFactory grains, TimeProvider clock, IOptions<GatewayOptions> options)
    {
        _grains = grains;
        _clock = clock;
        _options = options.Value;
        _tenants = [.. _options.Tenants];
        _everybody = _options.AuthRequired
            ? null
            : Nobody with { Tenant = new TenantId(_options.Tenants[0]), Scopes = KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin };
    }

    /// <summary>Who calls a route that needs no key.</summary>
    public static Principal Nobody { get; } = new() { Tenant = new TenantId(""), Key = default, Scopes = KeyScopes.None };

    public static void RequireScope(Principal principal, KeyScopes scope)
    {
        if ((principal.Scopes & scope) != scope)
        {
            throw new RefusalException(Refusals.ScopeMissing, $"This needs a key with the scope '{Word.Of(scope)}'.");
        }
    }

    public ValueTask<Principal> AuthenticateAsync(HttpContext context)
    {
        if (_everybody is not null)
        {
            return ValueTask.FromResult(_everybody);
        }

        var credential = CredentialOf(context.Request.Headers);
        return _accepted.TryGetValue(credential, out var accepted) && _clock.GetTimestamp() < accepted.Until
            ? ValueTask.FromResult(RequireUnexpired(accepted.Principal))
            : AskAsync(credential, context.RequestAborted);
    }

    /// <summary>Forgets a key that was just revoked here.</summary>
    public void Forget(KeyId key)
    {
        foreach (var (credential, accepted) in _accepted)
        {
            if (accepted.Principal.Key == key)
            {
                _accepted.TryRemove(credential, out _);
            }
        }
    }

    private static string CredentialOf(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization;
        var apiKey = headers["X-API-Key"];
        if (authorization.Count + apiKey.Count > 1)
        {
            throw new RefusalException(Refusals.AmbiguousCredentials, "Give one key, once: as Authorization: Bearer or as X-API-Key.");
        }

        return authorization.Count == 1 ? authorization[0]! : apiKey.Count == 1 ? apiKey[0]! : throw Unauthenticated();
    }

    private async ValueTask<Principal> AskAsync(string credential, CancellationToken cancellationToken)
    {
        var text = credential.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? credential.AsSpan(Bearer.Length).Trim() : credential;
        if (!KeyText.TryParse(text, out var key) || !_tenants.Contains(key.Tenant.Value))
        {
            throw Unauthenticated();
        }

        // before the question: what is believed may be as old as the question, not as young as the answer
        var until = _clock.GetTimestamp() + (long)(_options.KeyValidity.TotalSeconds * _clock.TimestampFrequency);
        var tenant = _grains.GetGrain<ITenantGrain>(GrainKey.Of(key.Tenant));
        var principal = await tenant.AuthenticateAsync(key.Id, key.SecretHash, cancellationToken) ?? throw Unauthenticated();
        Remember(credential, new Accepted(principal, until));
        return RequireUnexpired(principal);
    }

    private void Remember(string credential, Accepted accepted)
    {
        if (_accepted.Count >= _options.KeysRememberedMax)
        {
            _accepted.Clear();
        }

        _accepted[credential] = accepted;
    }

    private Principal RequireUnexpired(Principal principal) =>
        principal.ExpiresAt is null || principal.ExpiresAt > _clock.GetUtcNow() ? principal : throw Unauthenticated();

    // one message for absent, malformed, unknown, wrong, revoked and expired: an attacker learns nothing from it
    private static MemoryClusterException Unauthenticated() =>
        new(MemoryFault.Unauthenticated, "Give a valid key as Authorization: Bearer KEY or X-API-Key: KEY.");

    private readonly record struct Accepted(Principal Principal, long Until);
}
