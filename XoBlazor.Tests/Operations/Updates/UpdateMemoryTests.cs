using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>What is held while an update passes from its server to the pool.</summary>
[Collection(nameof(Alone))]
public sealed class UpdateMemoryTests
{
    private const long MiB = 1 << 20;
    private const double MostMiB = 6;

    [Fact]
    public async Task Install_OfMuch_HoldsNoMoreThanOfALittle()
    {
        // In mebibytes.
        using var run = LongRun.Of(usual: 64, many: 1024);
        using var patience = Patience.Source(TimeSpan.FromMinutes(LongRun.IsOn ? 30 : 3));
        var made = new MadeUpdate("XS70E001");
        var (early, late, size) = (0.0, 0.0, run.Rounds * MiB);
        await using var pool = await OldPool.StartAsync(OldPool.UpTo70, patience.Token, services => services.AddSingleton<ICatalogueDownloads>(
            new Downloads(() => new StreamedZip("XS70E001.xsupdate", made.File, size, Look))));
        pool.Offer(made);

        await pool.SucceedsAsync();

        Assert.All(pool.Hosts, host => Assert.Equal(["XS70E001"], pool.InstalledOn(host)));
        Assert.Equal(size, pool.Db.Update(() => pool.Db.Where("pool_patch", "uuid", made.Uuid)[0].Int("size")));
        TestContext.Current.SendDiagnosticMessage("{0} MiB passed; live {1:0.0} MiB after an eighth, {2:0.0} MiB after seven", run.Rounds, early, late);
        Assert.True(early > 0 && late > 0 && late - early <= MostMiB, $"{early:0.0} MiB were live after an eighth, {late:0.0} MiB after seven");

        void Look(long at)
        {
            if (early == 0 && at > size / 8)
                early = Alone.HeapMiB;
            if (late == 0 && at > size * 7 / 8)
                late = Alone.HeapMiB;
        }
    }

    private sealed class Downloads(Func<Stream> open) : ICatalogueDownloads
    {
        public Task<CatalogueDownload> OpenAsync(MissingUpdate update, CancellationToken token) => Task.FromResult(new CatalogueDownload(new RemoteFile(open(), null), "example.org"));
    }
}
