using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// Raw contents of disks in and out (xapi-protocol.md §8.5): 200 is said before the body is read, and only the task tells how it went. What was written is kept
/// while the simulator runs; what never was is zeros.
/// </summary>
internal static class DiskPages
{
    /// <summary>The most that is kept of one disk; more is refused.</summary>
    private const int Largest = 64 << 20;

    public static async Task ImportAsync(PoolSimulator pool, HttpContext http)
    {
        var task = http.Request.Query["task_id"].ToString() is { Length: > 0 } given && pool.Db.Exists("task", given)
            ? pool.Db.Get("task", given) : Tasks.Create(pool, "Importing raw VDI", "", pool.Db.Coordinator.Ref);
        http.Response.StatusCode = 200;
        http.Response.Headers["task-id"] = task.Ref;
        http.Response.Headers.Connection = "close";
        await http.Response.StartAsync(http.RequestAborted);
        try
        {
            var vdi = Disk(pool, http) ?? throw new XapiException("HANDLE_INVALID", "VDI", http.Request.Query["vdi"].ToString());
            if (http.Request.Query["format"].ToString() is not ("" or "raw")) throw XapiException.Internal("Failure(\"Unknown format\")");
            if (http.Request.ContentLength is not { } length) throw XapiException.Internal("Failure(\"Content-Length is needed\")");
            if (length > vdi.Int("virtual_size")) throw new XapiException("VDI_TOO_SMALL", vdi.Ref, $"{length}");
            if (length > Largest) throw XapiException.Internal("Failure(\"the simulator keeps no disk as large as this\")");
            var content = new byte[length];
            await http.Request.Body.ReadExactlyAsync(content, http.RequestAborted);
            pool.DiskContents[vdi.Ref] = content;
            Tasks.Succeed(pool, task, "");
        }
        catch (XapiException failure)
        {
            Tasks.Fail(pool, task, failure);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            Tasks.Fail(pool, task, XapiException.Internal("End_of_file"));
        }
    }

    public static async Task ExportAsync(PoolSimulator pool, HttpContext http)
    {
        if (Disk(pool, http) is not { } vdi)
        {
            await RequestHandler.AnswerAsync(http, 404, null, []);
            return;
        }

        http.Response.StatusCode = 200;
        http.Response.ContentType = "application/octet-stream";
        http.Response.Headers.Connection = "close";
        var content = pool.DiskContents.GetValueOrDefault(vdi.Ref, []);
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
        var zeros = new byte[64 << 10];
        for (var left = vdi.Int("virtual_size") - content.Length; left > 0; left -= zeros.Length)
            await http.Response.Body.WriteAsync(zeros.AsMemory(0, (int)Math.Min(left, zeros.Length)), http.RequestAborted);
    }

    private static DbObject? Disk(PoolSimulator pool, HttpContext http)
    {
        var wanted = http.Request.Query["vdi"].ToString();
        return pool.Db.Exists("VDI", wanted) ? pool.Db.Get("VDI", wanted) : pool.Db.All("VDI").Where(vdi => vdi.Uuid == wanted).FirstOrDefault();
    }
}
