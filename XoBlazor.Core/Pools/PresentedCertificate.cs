namespace XoBlazor.Core.Pools;

/// <summary>A certificate that a host showed and nobody has accepted yet.</summary>
/// <param name="Address">The host that showed it.</param>
/// <param name="Fingerprint">Its SHA-256, spelt <c>AB:CD:…</c>: what an administrator compares with the host's own.</param>
/// <param name="IsChange">Another certificate was accepted for this host before: renewed, or someone stands in between.</param>
public sealed record PresentedCertificate(
    string Address, string Fingerprint, string Subject, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool IsChange);
