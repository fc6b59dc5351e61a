using System.Collections;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>All objects of one class in one version of a pool's picture, in no meaningful order. Enumerates without allocating.</summary>
public readonly struct ObjectList<T> : IReadOnlyCollection<T> where T : XapiObject
{
    private readonly ClassTable _table;

    internal ObjectList(ClassTable table) => _table = table;

    public int Count => _table.Count;

    public Enumerator GetEnumerator() => new(_table.ObjectChunks);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator : IEnumerator<T>
    {
        private readonly XapiObject?[]?[] _chunks;
        private XapiObject?[]? _chunk;
        private int _nextChunk;
        private int _next;

        internal Enumerator(XapiObject?[]?[] chunks) => _chunks = chunks;

        public T Current { get; private set; } = null!;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (true)
            {
                if (_chunk is not null)
                {
                    while (_next < _chunk.Length)
                    {
                        if (_chunk[_next++] is not { } there)
                            continue;
                        Current = (T)there;
                        return true;
                    }
                }

                if (_nextChunk == _chunks.Length)
                    return false;
                _chunk = _chunks[_nextChunk++];
                _next = 0;
            }
        }

        public void Reset() => throw new NotSupportedException();

        public readonly void Dispose() { }
    }
}
