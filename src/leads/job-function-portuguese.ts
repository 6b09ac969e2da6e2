import type { FunctionPhrases } from './job-function-table.ts';

export const PORTUGUESE: FunctionPhrases = {
  trades: {
    engineering: [
      'engenheiro, desenvolvedor, programador, engenheiro de software, arquiteto de software, arquiteta de software',
      'diretor técnico, projetista, diretor de tecnologia',
    ],
    it: [
      'analista de sistemas, administrador de redes, técnico de informática, técnico em informática',
      'analista de suporte, analista de ti, gerente de ti, coordenador de ti, diretor de ti, consultor sap',
      'analista de infraestrutura, engenheiro de sistemas, analista de negócios',
    ],
    data: ['analista de dados, cientista de dados, engenheiro de dados, estatístico, analista de bi'],
    security: [
      'analista de segurança da informação, engenheiro de segurança da informação, especialista em cibersegurança',
    ],
    product: [
      'gerente de produto, gerente de produtos, gestor de produto, analista de produto, dono do produto',
      'diretor de produto',
    ],
    design: ['designer gráfico, diretor de arte, diretor de criação, ilustrador, fotógrafo, fotógrafa'],
    marketing: [
      'redator, publicitário, assessor de imprensa, gestor de tráfego, jornalista, relações públicas, analista de mídia',
    ],
    sales: [
      'vendedor, executivo de contas, executiva de contas, executivo de vendas, executiva de vendas',
      'representante comercial, consultor de vendas, consultor comercial, corretor de imóveis, assistente comercial',
      'gerente de contas, gestor de contas, novos negócios, desenvolvimento de negócios, diretor comercial',
      'promotor de vendas, balconista, técnica de vendas, supervisor de vendas, gerente de vendas, gerente comercial',
      'engenheiro de vendas, analista comercial',
    ],
    'customer-success': ['analista de sucesso do cliente, analista de cs'],
    support: [
      'atendente, analista de atendimento, operador de telemarketing, agente de atendimento, técnico de suporte',
      'analista de suporte técnico',
    ],
    operations: [
      'motorista, estoquista, almoxarife, encarregado de produção, supervisor de produção, gerente de produção',
      'mestre de obras, encarregado de obras, conferente, comprador técnico, operador de máquinas, diretor de operações',
      'gerente de operações, técnico de segurança do trabalho, engenheiro de segurança do trabalho, diretor industrial',
      'gerente industrial',
    ],
    finance: [
      'contador, contabilista, tesoureiro, controller, economista, auditor, analista financeiro, diretor financeiro',
      'gerente financeiro, analista contábil, assistente financeiro, assistente contábil, técnico de contas',
      'técnico oficial de contas, analista fiscal, bancário, faturista, corretor de seguros',
      'gerente administrativo financeiro',
    ],
    hr: [
      'recrutador, analista de recrutamento, business partner de rh, analista de departamento pessoal, assistente de rh',
      'psicólogo organizacional, psicóloga organizacional, técnico de recrutamento',
    ],
    legal: [
      'advogado, tabelião, juiz, juíza, promotor de justiça, encarregado de dados, encarregado de proteção de dados',
      'solicitador, jurista, assessor jurídico',
    ],
    procurement: [
      'comprador, analista de compras, gerente de compras, gerente de suprimentos, analista de suprimentos',
      'assistente de compras',
    ],
    research: ['pesquisador, investigador, cientista, químico, biólogo, bióloga, bolsista de pesquisa'],
    education: [
      'professor, docente, diretor de escola, diretor escolar, pedagogo, pedagoga, coordenador pedagógico',
      'orientador educacional, instrutor, reitor, educador',
    ],
    healthcare: [
      'médico, enfermeiro, farmacêutico, dentista, psicólogo, psicóloga, fisioterapeuta, nutricionista, cirurgião',
      'técnico de enfermagem, técnico em enfermagem, veterinário, terapeuta, diretor clínico',
    ],
    administration: [
      'secretário, secretária executiva, recepcionista, auxiliar administrativo, auxiliar administrativa',
      'assistente administrativo, assistente administrativa, assistente executivo, assistente executiva',
      'assistente de diretoria, assistente de direção, escriturário, técnico administrativo, técnica administrativa',
      'office boy',
    ],
  },
  fields: {
    engineering: ['engenharia, desenvolvimento de software, tecnologia, desenvolvimento web'],
    it: [
      'informática, tecnologia da informação, sistemas de informação, tecnologias de informação, infraestrutura',
      'transformação digital, redes',
    ],
    data: [
      'dados, banco de dados, bancos de dados, base de dados, inteligência de negócios, inteligência artificial',
      'ciência de dados, inteligência de mercado',
    ],
    security: ['cibersegurança, segurança da informação, segurança de ti, segurança informática'],
    product: ['produto, produtos'],
    design: ['criação'],
    marketing: [
      'comunicação, publicidade, mídia, mídias, mídias sociais, redes sociais, marca, imprensa, conteúdo, eventos',
      'comércio eletrónico',
    ],
    sales: [
      'vendas, venda, comerciais, exportação, comércio exterior, negócios, parcerias, canais, pré vendas, loja',
      'contas chave',
    ],
    'customer-success': [
      'sucesso do cliente, experiência do cliente, relacionamento com o cliente, relacionamento com cliente',
      'relacionamento, customer success',
    ],
    support: [
      'atendimento, atendimento ao cliente, suporte, suporte técnico, pós venda, pós vendas, apoio ao cliente',
      'assistência técnica, serviço de apoio ao cliente',
    ],
    operations: [
      'operações, produção, logística, qualidade, almoxarifado, manutenção, armazém, cadeia de suprimentos, fábrica',
      'estoque, planta, transportes, transporte, expedição, industrial, sustentabilidade, meio ambiente, obras',
      'segurança do trabalho, pcp, facilities, armazéns, higiene e segurança',
    ],
    finance: [
      'finanças, financeiro, contábil, contabilidade, controladoria, tesouraria, auditoria, fiscal, faturamento',
      'cobrança, crédito, tributário, contas a pagar, contas a receber, investimentos, seguros, controle de gestão',
      'controlo de gestão, planejamento financeiro, riscos',
    ],
    hr: [
      'recursos humanos, rh, gente e gestão, gente, pessoas, departamento pessoal, dp, recrutamento',
      'recrutamento e seleção, seleção, talentos, gestão de pessoas, capital humano, folha de pagamento',
      'treinamento e desenvolvimento',
    ],
    legal: [
      'jurídico, direito, assuntos jurídicos, proteção de dados, assuntos regulatórios, conformidade, societário',
    ],
    procurement: ['compras, suprimentos, aquisições, aprovisionamento, contratações'],
  },
  asides: {
    engineering: ['técnico, mecânico, eletricista'],
    it: ['aplicações, programação'],
    security: ['segurança'],
    design: ['arquiteto, arquiteta, criativo, criativa'],
    operations: [
      'projeto, projetos, processos, planejamento, planeamento, organização, construção, melhoria contínua, pmo',
    ],
    hr: ['formação, treinamento'],
    research: ['pesquisa, investigação, pesquisa e desenvolvimento, p d, p d i, laboratório, inovação'],
    education: ['educação, ensino, acadêmico, escola, colégio, universidade, pedagógico'],
    healthcare: ['saúde, hospital, hospitalar, clínica, enfermagem, farmácia'],
    administration: ['administração, administrativo, administrativa, assistente, auxiliar, escritório'],
    'general-management': [
      'diretor geral, direção geral, diretor presidente, diretor executivo, diretora executiva, diretor superintendente',
      'proprietário, dono, dona, sócio, sócia, empresário, empreendedor, fundador, cofundador, presidente',
      'gerente geral, sócio gerente, conselheiro, administrador, diretor regional, gerente regional, microempreendedor',
      'estratégia, planejamento estratégico, autônomo, autônoma, diretoria$',
    ],
  },
  nothing: ['dona de casa, assistente social'],
  learners: [
    'estudante, ^universitário$, aluno, aluna, doutorando, doutoranda, mestrando, mestranda, vestibulando, graduando',
    'graduanda, desempregado, aposentado',
  ],
};
