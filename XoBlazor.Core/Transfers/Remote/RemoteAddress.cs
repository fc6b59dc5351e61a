namespace XoBlazor.Core.Transfers.Remote;

/// <summary>Addresses of files as people write them.</summary>
public static class RemoteAddress
{
    /// <summary>Fails with <see cref="RemoteFileException"/> for what is none that a file may be fetched from.</summary>
    public static Uri Read(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.IdnHost.Length == 0
            ? throw new RemoteFileException("An address to import from begins with https:// or http:// and names a server.")
        : address.UserInfo.Length > 0 ? throw new RemoteFileException("A name and password do not belong into an address. Put the file where none are needed, or use an address that was signed.")
        : address;

    /// <summary>What may be written down of it: what follows a question mark may be a key.</summary>
    public static string WithoutSecrets(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (address.Query.Length > 0 ? "?…" : "") : "…";
}
