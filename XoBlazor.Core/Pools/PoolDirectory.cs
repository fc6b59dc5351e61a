using System.Collections.Immutable;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>The ways to a pool that its settings know: the entered address and all members, each with the certificates accepted there.</summary>
internal sealed class PoolDirectory
{
    private readonly Dictionary<(string Host, int Port), ImmutableArray<CertificateFingerprint>> _pins = new(HostAndPort.Comparer);

    private readonly string _enteredAddress;

    private PoolDirectory(XapiEndpoint entered, PoolSettings settings)
    {
        var members = new List<XapiEndpoint>();
        foreach (var member in settings.Members)
        {
            if (Locate(entered, member, settings) is not { } endpoint)
                continue;
            var pins = _pins.GetValueOrDefault((endpoint.Host, endpoint.Port), []);
            _pins[(endpoint.Host, endpoint.Port)] = [.. pins.Union(Fingerprints(member))];
            members.Add(endpoint);
        }

        _enteredAddress = settings.Address;
        Entered = WithPins(entered);
        Members = [.. members.Select(WithPins).Distinct().Where(m => m != Entered)];
    }

    public XapiEndpoint Entered { get; }

    /// <summary>The other ways in.</summary>
    public ImmutableArray<XapiEndpoint> Members { get; }

    public static PoolDirectory Of(PoolSettings settings) => XapiEndpoint.TryParse(settings.Address, out var entered, out var problem)
        ? new(entered, settings)
        : throw new PoolProblemException(problem);

    /// <summary>The host at an address that XAPI named, under the scheme and port that work for this pool.</summary>
    public XapiEndpoint At(string address)
    {
        try
        {
            return WithPins(Entered.At(address));
        }
        catch (FormatException e)
        {
            throw new PoolProblemException($"The pool names its coordinator '{address}', which is no address. Correct the coordinator's address on the host.", e);
        }
    }

    /// <summary>The name under which the settings keep a host's certificates.</summary>
    public string NameOf(XapiEndpoint endpoint) =>
        HostAndPort.Comparer.Equals((endpoint.Host, endpoint.Port), (Entered.Host, Entered.Port)) ? _enteredAddress : endpoint.Host;

    public bool Accepts(XapiEndpoint endpoint, CertificateFingerprint fingerprint) => WithPins(endpoint).Pins.Contains(fingerprint);

    private XapiEndpoint WithPins(XapiEndpoint endpoint) => endpoint.WithPins(_pins.GetValueOrDefault((endpoint.Host, endpoint.Port), []));

    private static XapiEndpoint? Locate(XapiEndpoint entered, KnownMember member, PoolSettings settings)
    {
        if (member.Address == settings.Address)
            return entered;
        try
        {
            return entered.At(member.Address);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<CertificateFingerprint> Fingerprints(KnownMember member)
    {
        foreach (var text in member.Fingerprints)
            if (CertificateFingerprint.TryParse(text, out var fingerprint))
                yield return fingerprint;
    }

    private static class HostAndPort
    {
        public static readonly IEqualityComparer<(string Host, int Port)> Comparer = EqualityComparer<(string Host, int Port)>.Create(
            (a, b) => a.Port == b.Port && a.Host.Equals(b.Host, StringComparison.OrdinalIgnoreCase),
            x => HashCode.Combine(x.Port, x.Host.GetHashCode(StringComparison.OrdinalIgnoreCase)));
    }
}
