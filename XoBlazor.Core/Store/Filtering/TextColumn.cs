using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// Looks through what some properties of all objects of a class say. Reading the objects' own strings means a dozen places in memory an object;
/// here their texts lie end to end, chunk by chunk of the picture's table. A chunk's texts are made when somebody first asks, are kept as long
/// as the chunk is (versions of a picture share those that did not change), and cost two bytes a character. Any thread.
/// </summary>
/// <param name="properties">Such as are <see cref="FilterProperty.IsOwnText"/>.</param>
internal sealed class TextColumn(XapiClass type, ImmutableArray<FilterProperty> properties)
{
    private readonly ConditionalWeakTable<XapiObject?[], TextChunk> _chunks = [];

    /// <summary>The places of the objects for which one of the properties satisfies the test.</summary>
    public IEnumerable<Slot> Matching(PoolPicture pool, ValueTest test)
    {
        var chunks = pool.Tables[(int)type].ObjectChunks;
        for (var i = 0; i < chunks.Length; i++)
        {
            if (chunks[i] is not { } objects)
                continue;
            var texts = _chunks.GetValue(objects, Make);
            foreach (var place in texts.Matching(test))
                yield return new(type, (i << ClassTable.ChunkBits) | place);
            foreach (var place in texts.Odd)
                if (Any(pool, objects[place]!, test))
                    yield return new(type, (i << ClassTable.ChunkBits) | place);
        }
    }

    private TextChunk Make(XapiObject?[] objects) => TextChunk.Of(objects, properties);

    private bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var property in properties)
            if (property.Any(pool, value, test))
                return true;
        return false;
    }
}
