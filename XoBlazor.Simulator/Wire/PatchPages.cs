using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Patching;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// <c>PUT /pool_patch_upload</c> (xapi-protocol.md §8.8): up to XenServer 7.0 a file that stays on the coordinator, after it a disc that is put on a disk of its own.
/// The task's result is the bare reference of the patch.
/// </summary>
internal static class PatchPages
{
    public static async Task UploadAsync(PoolSimulator pool, HttpContext http)
    {
        var answer = new StreamAnswer(pool, http);
        if (http.Request.Headers.TransferEncoding.Count > 0)
        {
            await answer.RefuseAsync(HtmlPage.NotFound, XapiException.Internal("Failure(\"Cannot handle chunked\")"));
            return;
        }

        if (await answer.RedirectAsync(pool.Db.Coordinator)) return;
        await answer.RunAsync("Uploading update", new("VDI_IO_ERROR", "Device I/O errors"), async task =>
        {
            await answer.StartAsync(task, "application/octet-stream");
            var patch = pool.Schema.FindClass("pool_update") is null
                ? await ReadFileAsync(pool, http, answer.Input, task) : PoolUpdateCalls.PatchOf(await ReadDiscAsync(pool, http, answer, task));
            return patch.Ref;
        });
    }

    private static async Task<DbObject> ReadFileAsync(PoolSimulator pool, HttpContext http, Stream input, StreamTask task)
    {
        try
        {
            var (facts, size) = await PatchFile.ReadAsync(input, http.Request.ContentLength, task.Progress, task.Token);
            return pool.Patches.Introduce(facts, size);
        }
        catch (InvalidDataException)
        {
            throw new XapiException("INVALID_PATCH");
        }
    }

    private static async Task<DbObject> ReadDiscAsync(PoolSimulator pool, HttpContext http, StreamAnswer answer, StreamTask task)
    {
        var length = http.Request.ContentLength ?? throw XapiException.Internal("Failure(\"We require a content-length: HTTP header\")");
        var sr = answer.Find("SR", "sr_id", "sr_uuid") ?? pool.Db.Pool.Follow("default_SR", "SR") ?? throw XapiException.HandleInvalid("SR", "OpaqueRef:NULL");
        Disks.AssertRoom(sr, Disks.Round(length));
        var vdi = Disks.Introduce(pool.Db, sr, [("name_label", "Update"), ("type", "user"), ("virtual_size", Disks.Round(length))]);
        try
        {
            await RawImage.ReadAsync(answer.Input, length, vdi, pool.Contents, task.Progress, task.Token);
            return PoolUpdateCalls.Introduce(pool, vdi);
        }
        catch
        {
            Disks.Remove(vdi);
            throw;
        }
    }
}
