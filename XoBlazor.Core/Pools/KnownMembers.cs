using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Pools;

/// <summary>Learns from a pool's picture, read over a verified link, where its members are and by which certificates they are known.</summary>
internal static class KnownMembers
{
    /// <param name="connectedTo">The address of the coordinator's endpoint that the picture came from.</param>
    /// <param name="shown">The certificate that it showed there; null over plain HTTP.</param>
    public static ImmutableArray<KnownMember> Learn(PoolPicture picture, PoolSettings settings, string connectedTo, string? shown)
    {
        var members = new List<KnownMember>();
        foreach (var host in picture.All<Host>())
        {
            if (host.Address.Length == 0)
                continue;
            var told = Told(picture, host);
            if (told.IsEmpty)
                told = Before(settings, host.Address);
            if (shown is not null && host.Ref == picture.Pool?.Master.Value && !told.Contains(shown))
                told = told.Add(shown);
            members.Add(new(host.Address, told));
        }

        members.Sort((a, b) => string.CompareOrdinal(a.Address, b.Address));

        // The entered address may be a name that no host calls itself by: it keeps what was confirmed for it, and when it led to the
        // coordinator, what the pool says of that host.
        var entered = Before(settings, settings.Address);
        if (shown is not null && connectedTo == settings.Address && picture.Coordinator() is { } coordinator)
        {
            var told = Told(picture, coordinator);
            entered = [.. (told.IsEmpty ? entered : told).Union([shown])];
        }

        members.Insert(0, new(settings.Address, entered));
        return [.. members.DistinctBy(m => m.Address)];
    }

    private static ImmutableArray<string> Told(PoolPicture picture, Host host) =>
    [
        .. picture.Referrers<Certificate>(host.Ref, CertificateFields.Host)
            .Where(c => c.Type == CertificateType.Host)
            .Select(c => c.FingerprintSha256.Length > 0 ? c.FingerprintSha256 : c.Fingerprint)
            .Where(f => f.Length > 0).Distinct().Order(StringComparer.Ordinal),
    ];

    private static ImmutableArray<string> Before(PoolSettings settings, string address) =>
        settings.Members.FirstOrDefault(m => m.Address == address)?.Fingerprints ?? [];
}
