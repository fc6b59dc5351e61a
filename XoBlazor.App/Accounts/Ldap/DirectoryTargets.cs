using System.Collections.Immutable;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>The servers that a directory's settings name. Fails with <see cref="DirectoryException"/> of <see cref="DirectoryTrouble.Settings"/>.</summary>
internal static class DirectoryTargets
{
    public static async Task<ImmutableArray<LdapTarget>> OfAsync(DirectorySettings directory, CancellationToken token)
    {
        if (directory.Uris.IsDefaultOrEmpty)
            throw Wrong(directory, "no server is named. Enter at least one, such as ldaps://directory.example.org.");

        var trust = await TrustAsync(directory, token);
        var targets = ImmutableArray.CreateBuilder<LdapTarget>(directory.Uris.Length);
        foreach (var text in directory.Uris)
        {
            if (!LdapUri.TryParse(text, out var uri))
                throw Wrong(directory, $"'{LdapWords.Printable(text)}' is no server. Write ldaps://host or ldap://host, with :port where it is not the usual one.");
            if (!uri.IsTls && !directory.StartTls && !directory.AllowPlain)
                throw Wrong(directory, $"passwords would go to {LdapWords.Printable(text)} for anybody to read. Choose LDAPS or StartTLS, or allow plain connections explicitly.");

            targets.Add(new LdapTarget
            {
                Directory = directory.Name,
                Host = uri.Host,
                Port = uri.Port,
                Security = uri.IsTls ? LdapSecurity.Ldaps : directory.StartTls ? LdapSecurity.StartTls : LdapSecurity.Plain,
                Trust = trust,
                ConnectTimeout = directory.ConnectTimeout,
                AnswerTimeout = directory.AnswerTimeout,
            });
        }

        return targets.MoveToImmutable();
    }

    private static async Task<LdapTrust> TrustAsync(DirectorySettings directory, CancellationToken token)
    {
        if (!directory.CheckCertificate)
            return LdapTrust.Nobody;

        try
        {
            var pem = directory.CaPem;
            if (string.IsNullOrWhiteSpace(pem) && !string.IsNullOrWhiteSpace(directory.CaFile))
                pem = await File.ReadAllTextAsync(directory.CaFile, token);
            return string.IsNullOrWhiteSpace(pem) ? LdapTrust.System : LdapTrust.Of(pem);
        }
        catch (FormatException e)
        {
            throw Wrong(directory, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(directory, $"the CA file {directory.CaFile} cannot be read on this machine ({e.Message}). Check path and rights, or paste the certificate.");
        }
    }

    private static DirectoryException Wrong(DirectorySettings directory, string why) =>
        new(DirectoryTrouble.Settings, $"{directory.Name}: {why}");
}
