import { describe, expect, it } from 'vitest'

import { ARTICLES, findArticles } from './help-articles'

/** ux.md 4: where data is is never told by these words alone. */
const FORBIDDEN = ['已保存', '已提交', '确定', '取消', '请稍候']

describe('the help', () => {
  it('shows all articles while nothing is looked for', () => {
    expect(findArticles('  ')).toEqual(ARTICLES)
  })

  it('finds by other words, the article of that name first', () => {
    expect(findArticles('二维码').map(({ id }) => id)).toEqual(['scan'])
    expect(findArticles('拍照')[0]?.id).toBe('photo')
    expect(findArticles('PIN')[0]?.id).toBe('pin')
  })

  it('wants every word, and says nothing where none fits', () => {
    expect(findArticles('打印 PDF').map(({ id }) => id)).toEqual(['printer'])
    expect(findArticles('天气')).toEqual([])
  })

  it('keeps to the words of the product and gives each article its own name', () => {
    const text = JSON.stringify(ARTICLES)
    expect(FORBIDDEN.filter((word) => text.includes(word))).toEqual([])
    expect(new Set(ARTICLES.map(({ id }) => id)).size).toBe(ARTICLES.length)
  })
})
