using System.Security.Cryptography;
using System.Text;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>Where catalogues are kept across restarts: the last one fetched from an address, and the uploaded one. A file is there whole or not at all. Callers take turns. Fails with <see cref="PatchingException"/>.</summary>
public sealed class CatalogueFolder(string path)
{
    private const string UploadedName = "uploaded.xml";
    private const string FetchedNames = "fetched-*.xml";

    /// <summary>The document and when it was kept; null for none.</summary>
    internal Task<(byte[] Document, DateTimeOffset AsOf)?> UploadedAsync(CancellationToken token) => ReadAsync(UploadedName, token);

    /// <summary>The same of the one that was fetched from this address, whatever address it was before.</summary>
    internal Task<(byte[] Document, DateTimeOffset AsOf)?> FetchedAsync(string address, CancellationToken token) => ReadAsync(FetchedName(address), token);

    internal Task KeepUploadedAsync(byte[] document, DateTimeOffset now, CancellationToken token) => SafelyAsync(() => KeepAsync(UploadedName, document, now, token));

    internal Task KeepFetchedAsync(string address, byte[] document, DateTimeOffset now, CancellationToken token) => SafelyAsync(async () =>
    {
        var name = FetchedName(address);
        await KeepAsync(name, document, now, token);
        foreach (var other in Directory.EnumerateFiles(path, FetchedNames).Where(file => Path.GetFileName(file) != name))
            File.Delete(other);
        return true;
    });

    internal Task RemoveUploadedAsync() => SafelyAsync(() =>
    {
        if (Directory.Exists(path))
            File.Delete(Path.Combine(path, UploadedName));
        return Task.FromResult(true);
    });

    private static string FetchedName(string address) => $"fetched-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 8))}.xml";

    private Task<(byte[] Document, DateTimeOffset AsOf)?> ReadAsync(string name, CancellationToken token) => SafelyAsync<(byte[], DateTimeOffset)?>(async () =>
    {
        var file = new FileInfo(Path.Combine(path, name));
        return file.Exists && file.Length <= CatalogueReader.LongestDocument ? (await File.ReadAllBytesAsync(file.FullName, token), new(file.LastWriteTimeUtc)) : null;
    });

    private async Task<bool> KeepAsync(string name, byte[] document, DateTimeOffset now, CancellationToken token)
    {
        Directory.CreateDirectory(path);
        var (kept, partial) = (Path.Combine(path, name), Path.Combine(path, name + ".partial"));
        await File.WriteAllBytesAsync(partial, document, token);
        File.SetLastWriteTimeUtc(partial, now.UtcDateTime);
        File.Move(partial, kept, overwrite: true);
        return true;
    }

    private async Task<T> SafelyAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new PatchingException($"Catalogues of updates are kept in {path}, which does not work: {failed.Message.TrimEnd('.')}. Free some space, or let user {Environment.UserName} write there.", failed);
        }
    }
}
